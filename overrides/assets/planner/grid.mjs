// Lists as in a spreadsheet: the arrow keys and Enter go to the next row, rows are pasted.

/**
 * @param {HTMLElement} root
 * @param {AbortSignal} signal
 * @param {(at: string, text: string) => void} paste rows pasted into the field there
 */
export function useGrid(root, signal, paste) {
  root.addEventListener("keydown", (event) => step(root, event), { signal });
  root.addEventListener("paste", (event) => pasted(event, paste), { signal });
}

const STEPS = new Map([
  ["Enter", 1],
  ["ArrowDown", 1],
  ["ArrowUp", -1],
]);
const ROWS = /^\/(issues|moves|alternatives)\//;

/**
 * @param {HTMLElement} root
 * @param {KeyboardEvent} event
 */
function step(root, event) {
  const field = event.target;
  const steps = STEPS.get(event.key);
  if (!(field instanceof HTMLInputElement) || !steps || event.isComposing) return;
  const table = /** @type {HTMLElement | null} */ (field.closest("[data-grid]"));
  if (!table || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const column = [...table.querySelectorAll("input")].filter(
    ({ name }) => columnOf(name) === columnOf(field.name),
  );
  const next = column[column.indexOf(field) + steps];
  if (next) {
    next.focus();
    next.select();
  } else if (event.key === "Enter") {
    const panel = table.closest("[data-panel]") ?? root;
    /** @type {HTMLElement | null} */ (
      panel.querySelector(`[data-adds="${field.name.split("/")[1]}"]`)
    )?.click();
  }
}

/** @param {string} at */
const columnOf = (at) => at.replaceAll(/\d+/g, "#");

/**
 * @param {ClipboardEvent} event
 * @param {(at: string, text: string) => void} paste
 */
function pasted(event, paste) {
  const field = event.target;
  if (!(field instanceof HTMLInputElement) || !ROWS.test(field.name)) return;
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!/[\t\n\r]/.test(text.trim())) return;
  event.preventDefault();
  paste(field.name, text);
}
