// One screen at a time: the address says which, so that Back, Forward and a reload work.

const FIRST = 1;

/**
 * Show the screens under an element one at a time; do nothing where there are none.
 *
 * @param {HTMLElement} root
 * @param {AbortSignal} signal
 */
export function showScreens(root, signal) {
  if (!screensOf(root).length) return;
  const title = document.title;
  root.setAttribute("screens", "");
  show(root, title);
  addEventListener(
    "hashchange",
    () => {
      if (!show(root, title)) return;
      const heading = /** @type {HTMLElement | null} */ (
        root.querySelector("[data-screen]:not([hidden]) [data-heading]")
      );
      heading?.focus({ preventScroll: true });
      root.scrollIntoView({ block: "start" });
    },
    { signal },
  );
}

/**
 * Go to the screen that holds an element, if it is another one.
 *
 * @param {Element} element
 */
export function showScreenOf(element) {
  const screen = element.closest("[data-screen][hidden]");
  if (!screen) return;
  history.pushState(null, "", `#${screen.id}`);
  const root = screen.closest("parley-panel");
  if (root instanceof HTMLElement) show(root, document.title);
}

/** @param {HTMLElement} root */
function screensOf(root) {
  return [
    .../** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-screen]")),
  ];
}

/**
 * @param {HTMLElement} root
 * @param {string} title of the page
 * @returns {boolean} whether the address names a screen
 */
function show(root, title) {
  const screens = screensOf(root);
  const named = screens.find(({ id }) => `#${id}` === location.hash);
  const current = named ?? screens[FIRST - 1];
  for (const screen of screens) screen.hidden = screen !== current;
  document.title = `${current.dataset.title} – ${title.split(" – ").at(-1)}`;
  return Boolean(named);
}
