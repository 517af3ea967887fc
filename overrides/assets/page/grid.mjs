// Lists as in a spreadsheet: Enter and the arrow keys go to the next row, and Enter in
// the last one adds one; rows are pasted.

/** @typedef {HTMLInputElement | HTMLSelectElement} Cell */

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
  ["ArrowDown", 1],
  ["ArrowUp", -1],
]);
const ROWS = /^\/(issues|moves|alternatives)\//;

/**
 * @param {HTMLElement} root
 * @param {KeyboardEvent} event
 */
function step(root, event) {
  const steps = stepsOf(event);
  const field = /** @type {Cell} */ (event.target);
  if (!steps || !field.matches("[data-grid] :is(input, select)")) return;
  event.preventDefault();
  // A long list is a table after the other.
  const panel = field.closest("[data-panel]") ?? root;
  const cells = /** @type {NodeListOf<Cell>} */ (
    panel.querySelectorAll("[data-grid] :is(input, select)")
  );
  const column = [...cells].filter(
    ({ name }) =>
      columnOf(name) === columnOf(field.name) && listOf(name) === listOf(field.name),
  );
  const next = column[column.indexOf(field) + steps];
  if (next) goTo(next);
  else if (event.key === "Enter" && steps > 0) goOn(panel, field);
}

/**
 * How many rows a key goes down: none where it is the field's own.
 *
 * @param {KeyboardEvent} event
 */
function stepsOf(event) {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return 0;
  if (event.key === "Enter") return event.shiftKey ? -1 : 1;
  if (event.target instanceof HTMLSelectElement || event.shiftKey) return 0;
  return STEPS.get(event.key) ?? 0;
}

/** @param {Cell} cell */
function goTo(cell) {
  cell.focus();
  if (cell instanceof HTMLInputElement) cell.select();
}

/**
 * After the last row of a list: add one; where that is empty and stands in a list of its
 * own, it was one too many, and the outer list gains a row.
 *
 * @param {Element} panel
 * @param {Cell} field
 */
function goOn(panel, field) {
  const list = listOf(field.name);
  const outer = listOf(list);
  const spare = outer !== list && field.name.endsWith("/name") && !field.value.trim();
  const remove = panel.querySelector(
    `#${CSS.escape(field.id.replace(/name$/, "remove"))}`,
  );
  if (spare && remove instanceof HTMLElement) remove.click();
  add(panel, spare ? outer : list);
}

/**
 * Press what adds a row to a list.
 *
 * @param {Element} panel
 * @param {string} list
 */
function add(panel, list) {
  const press = panel.querySelector(`[data-adds="${list}"]`);
  if (press instanceof HTMLElement) press.click();
}

/** @param {string} at */
const columnOf = (at) => at.replaceAll(/\d+/g, "#");

/** @param {string} at of a cell: the innermost list that it stands in */
const listOf = (at) => at.replace(/^(.*)\/\d+\/.*$/, "$1");

/**
 * @param {ClipboardEvent} event
 * @param {(at: string, text: string) => void} paste
 */
function pasted(event, paste) {
  const field = event.target;
  const cell = field instanceof HTMLInputElement || field instanceof HTMLSelectElement;
  if (!cell || !ROWS.test(field.name)) return;
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!/[\t\n\r]/.test(text.trim())) return;
  event.preventDefault();
  paste(field.name, text);
}
