// A file may be dropped anywhere on a page with a planner: a miss would leave the page.

/**
 * While something is dragged over the page, the element says that it can be dropped.
 *
 * @param {HTMLElement} root
 * @param {AbortSignal} signal
 * @param {() => boolean} takes whether a file is of use now
 * @param {(file: File) => void} open
 */
export function takeDrops(root, signal, takes, open) {
  const over = (/** @type {DragEvent} */ event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = takes() ? "copy" : "none";
    root.toggleAttribute("dropping", takes());
  };
  const leave = (/** @type {DragEvent} */ event) => {
    if (event.relatedTarget === null) root.removeAttribute("dropping");
  };
  const drop = (/** @type {DragEvent} */ event) => {
    root.removeAttribute("dropping");
    const file = event.dataTransfer?.files[0];
    if (!file || event.defaultPrevented) return;
    event.preventDefault();
    if (takes()) open(file);
  };
  document.addEventListener("dragover", over, { signal });
  document.addEventListener("dragleave", leave, { signal });
  document.addEventListener("drop", drop, { signal });
}
