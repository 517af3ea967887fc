// One screen at a time: the address says which, so that Back, Forward and a reload work.

/**
 * Show the screens under an element one at a time; do nothing where there are none.
 *
 * @param {HTMLElement} root
 * @param {AbortSignal} signal
 */
export function showScreens(root, signal) {
  if (!screensOf(root).length) return;
  const { pathname } = location;
  root.setAttribute("screens", "");
  show(root);
  addEventListener(
    "popstate",
    (event) => {
      if (location.pathname !== pathname) return;
      // The theme would fetch the page anew, with all that is typed on it.
      event.stopImmediatePropagation();
      arrive(root);
    },
    { signal, capture: true },
  );
}

/**
 * Go to the screen with that id; false where there is none.
 *
 * @param {HTMLElement} root
 * @param {string} id
 */
export function goToScreen(root, id) {
  if (!screensOf(root).some((screen) => screen.id === id)) return false;
  history.pushState(null, "", `#${id}`);
  arrive(root);
  return true;
}

/**
 * Go to the screen that holds an element, if it is another one.
 *
 * @param {HTMLElement} root
 * @param {Element} element
 */
export function showScreenOf(root, element) {
  const screen = element.closest("[data-screen][hidden]");
  if (screen) goToScreen(root, screen.id);
}

/** @param {HTMLElement} root */
function screensOf(root) {
  return [
    .../** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-screen]")),
  ];
}

/** @param {HTMLElement} root */
function show(root) {
  const screens = screensOf(root);
  const current = screens.find(({ id }) => `#${id}` === location.hash) ?? screens[0];
  for (const screen of screens) screen.hidden = screen !== current;
  // Another title than ours is the page's own: the theme may write it when we are here.
  if (document.title !== root.dataset.titled) root.dataset.title = document.title;
  document.title = `${current.dataset.title} – ${root.dataset.title}`;
  root.dataset.titled = document.title;
  return current;
}

/** @param {HTMLElement} root the reader has come to another screen of it */
function arrive(root) {
  const heading = show(root).querySelector("[data-heading]");
  if (heading instanceof HTMLElement) heading.focus({ preventScroll: true });
  root.scrollIntoView({ block: "start" });
}
