// Leaving the page: the browser asks first where something would be lost.

/**
 * Have the browser ask before the page goes, as long as there is something to lose. A
 * reader who was told so, and chose to reload all the same, is not asked again.
 *
 * @param {() => boolean} loses whether something would be lost now
 */
export function askBeforeLeaving(loses) {
  let anyway = false;
  addEventListener("parley-anyway", () => {
    anyway = true;
  });
  addEventListener("beforeunload", (event) => {
    if (!anyway && loses()) event.preventDefault();
  });
}
