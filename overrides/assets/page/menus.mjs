// Menus that open below their button, and close once the reader is elsewhere.

/**
 * @param {HTMLElement} root
 * @param {AbortSignal} signal
 */
export function closeMenus(root, signal) {
  const leave = (/** @type {Event} */ { target }) => {
    for (const menu of openMenus(root)) {
      if (target instanceof Node && !menu.contains(target)) menu.open = false;
    }
  };
  document.addEventListener("focusin", leave, { signal });
  document.addEventListener("pointerdown", leave, { signal });
  root.addEventListener("keydown", (event) => escape(root, event), { signal });
}

/** @param {HTMLElement} root */
function openMenus(root) {
  const menus = /** @type {NodeListOf<HTMLDetailsElement>} */ (
    root.querySelectorAll(".parley-menu[open]")
  );
  return [...menus];
}

/**
 * @param {HTMLElement} root
 * @param {KeyboardEvent} event
 */
function escape(root, { key, target }) {
  if (key !== "Escape") return;
  for (const menu of openMenus(root)) {
    menu.open = false;
    if (target instanceof Node && menu.contains(target))
      menu.querySelector("summary")?.focus();
  }
}
