// The plan page's parts: tabs, of which one is open, and what lies apart from them. The
// address says which, so that Back, Forward and a reload work.

const STEPS = new Map([
  ["ArrowRight", 1],
  ["ArrowLeft", -1],
]);

/**
 * Show the parts under an element one at a time; do nothing where there are none.
 *
 * @param {HTMLElement} root
 * @param {AbortSignal} signal
 * @param {(part: HTMLElement) => void} opened is told which part was opened
 */
export function showParts(root, signal, opened) {
  if (!partsOf(root).length) return;
  const { pathname } = location;
  for (const part of partsOf(root)) describe(root, part);
  root.setAttribute("parts", "");
  const tell = (/** @type {Event} */ { target }) =>
    opened(/** @type {HTMLElement} */ (target));
  root.addEventListener("parley-part", tell, { signal });
  root.addEventListener("keydown", (event) => walk(root, event), { signal });
  // The browser has found words in a closed part, or followed a link to them.
  root.addEventListener("beforematch", ({ target }) => find(root, target), { signal });
  const arrive = (/** @type {PopStateEvent} */ event) => {
    if (location.pathname !== pathname) return;
    // The theme would fetch the page anew, with all that is typed on it.
    event.stopImmediatePropagation();
    open(root, partOf(root, location.hash.slice(1)) ?? partsOf(root)[0]);
  };
  addEventListener("popstate", arrive, { signal, capture: true });
  const named = partOf(root, location.hash.slice(1));
  open(root, named ?? partsOf(root)[0]);
  if (named) uncover(root, named);
}

/**
 * The browser went to the heading that the address names before the head stayed in
 * view: where it lies under it now, take it out.
 *
 * @param {HTMLElement} root
 * @param {HTMLElement} part
 */
function uncover(root, part) {
  const heading = part.querySelector("h2");
  const head = root.querySelector(".parley-head");
  if (!heading || !head) return;
  const { top, bottom } = heading.getBoundingClientRect();
  if (bottom > 0 && top < head.getBoundingClientRect().bottom) heading.scrollIntoView();
}

/**
 * Go to the part whose heading has that id; false where there is none.
 *
 * @param {HTMLElement} root
 * @param {string} id
 */
export function goToPart(root, id) {
  const part = partsOf(root).find((each) => each.dataset.part === id);
  if (!part) return false;
  turnTo(root, part);
  const tab = tabsOf(root).find((each) => each.dataset.tab === id);
  if (tab && document.activeElement === tab) return true;
  const heading = part.querySelector("h2");
  if (heading) heading.tabIndex = -1;
  heading?.focus({ preventScroll: true });
  root.scrollIntoView({ block: "start" });
  return true;
}

/**
 * Open the part that holds an element, if another one is open.
 *
 * @param {HTMLElement} root
 * @param {Element} element
 */
export function showPartOf(root, element) {
  const part = /** @type {HTMLElement | null} */ (
    element.closest("[data-part][hidden]")
  );
  if (part) turnTo(root, part);
}

/**
 * Say of the tabs which is open, after they were drawn anew.
 *
 * @param {HTMLElement} root
 */
export function markTabs(root) {
  const parts = partsOf(root);
  const current = parts.find((part) => !part.hasAttribute("hidden"));
  const tabs = parts.length ? tabsOf(root) : [];
  const reached = tabs.find(({ dataset }) => dataset.tab === current?.dataset.part);
  const before = tabs.find((tab) => tab.getAttribute("aria-selected") === "true");
  for (const tab of tabs) {
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", `part-${tab.dataset.tab}`);
    tab.setAttribute("aria-selected", String(tab === reached));
    tab.tabIndex = tab === (reached ?? tabs[0]) ? 0 : -1;
  }
  if (reached && reached !== before) bringIntoRow(reached);
}

/**
 * Scroll the row of tabs, and nothing else, to one that its edge cuts.
 *
 * @param {HTMLElement} tab
 */
function bringIntoRow(tab) {
  const row = tab.parentElement;
  if (!row) return;
  const [ours, its] = [tab.getBoundingClientRect(), row.getBoundingClientRect()];
  row.scrollLeft += Math.max(0, ours.right - its.right);
  row.scrollLeft -= Math.max(0, its.left - ours.left);
}

/**
 * Whether an element lies in a part that is closed.
 *
 * @param {Element} element
 */
export function isClosed(element) {
  return element.closest("[data-part][hidden]") !== null;
}

/** @param {HTMLElement} root */
function partsOf(root) {
  const parts = /** @type {NodeListOf<HTMLElement>} */ (
    root.querySelectorAll("[data-part]")
  );
  return [...parts];
}

/** @param {HTMLElement} root */
function tabsOf(root) {
  const tabs = /** @type {NodeListOf<HTMLElement>} */ (
    root.querySelectorAll("[data-tab]")
  );
  return [...tabs];
}

/**
 * The part that holds what an address names.
 *
 * @param {HTMLElement} root
 * @param {string} id
 */
function partOf(root, id) {
  const named = id ? root.querySelector(`#${CSS.escape(id)}`) : null;
  return /** @type {HTMLElement | null} */ (named?.closest("[data-part]") ?? null);
}

/**
 * @param {HTMLElement} root
 * @param {HTMLElement} part
 */
function describe(root, part) {
  const id = part.dataset.part ?? "";
  const isTab = root.querySelector(`#tab-${id}`) !== null;
  part.id = `part-${id}`;
  part.setAttribute("role", isTab ? "tabpanel" : "region");
  part.setAttribute("aria-labelledby", isTab ? `tab-${id}` : id);
  tabsOf(root)[0]?.parentElement?.setAttribute("role", "tablist");
}

/**
 * Open a part and write it into the address.
 *
 * @param {HTMLElement} root
 * @param {HTMLElement} part
 */
function turnTo(root, part) {
  if (location.hash.slice(1) !== part.dataset.part)
    history.pushState(null, "", `#${part.dataset.part}`);
  open(root, part);
}

/**
 * @param {HTMLElement} root
 * @param {HTMLElement} part
 */
function open(root, part) {
  const was = part.hasAttribute("hidden");
  for (const each of partsOf(root)) {
    if (each === part) each.removeAttribute("hidden");
    // Where the browser can, its own search finds what lies in a closed part.
    else each.setAttribute("hidden", "onbeforematch" in each ? "until-found" : "");
  }
  markTabs(root);
  if (was) part.dispatchEvent(new Event("parley-part", { bubbles: true }));
}

/**
 * @param {HTMLElement} root
 * @param {EventTarget | null} target
 */
function find(root, target) {
  const part = partsOf(root).find((each) => each === target);
  if (part) turnTo(root, part);
}

/**
 * From tab to tab by the arrow keys, and to the first and last.
 *
 * @param {HTMLElement} root
 * @param {KeyboardEvent} event
 */
function walk(root, event) {
  const tabs = tabsOf(root);
  const here = tabs.findIndex((tab) => tab === event.target);
  if (here < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
  const step = STEPS.get(event.key);
  const next =
    event.key === "Home"
      ? tabs[0]
      : event.key === "End"
        ? tabs.at(-1)
        : step && tabs.at((here + step) % tabs.length);
  if (!next) return;
  event.preventDefault();
  next.focus();
  goToPart(root, next.dataset.tab ?? "");
}
