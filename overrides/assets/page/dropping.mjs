// A file may be dropped anywhere on a page with a planner: a miss would leave the page.
// A table may be pasted anywhere but into a field, which has a use for it of its own.

import { isTable } from "../border/gate.mjs";

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

/**
 * @param {AbortSignal} signal
 * @param {() => boolean} takes whether a table is of use now
 * @param {(text: string) => void} read
 */
export function takePastes(signal, takes, read) {
  const paste = (/** @type {ClipboardEvent} */ event) => {
    const { target } = event;
    const elsewhere = "input, textarea, select, [contenteditable]";
    if (target instanceof Element && target.closest(elsewhere)) return;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (event.defaultPrevented || !takes() || !isTable(text)) return;
    event.preventDefault();
    read(text);
  };
  document.addEventListener("paste", paste, { signal });
}
