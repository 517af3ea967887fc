// The sheet by key: Enter goes on and adds, Alt with an arrow moves a row.

/** @typedef {import("../python/protocol").Command} Command */
/** @typedef {{ at: string, rest: string }} Place in a row: its address, the rest of an id */

/** @type {{ [key: string]: (at: string) => Command }} */
const MOVES = {
  ArrowUp: (at) => ({ up: at }),
  ArrowDown: (at) => ({ down: at }),
};

/**
 * @param {HTMLElement} root
 * @param {AbortSignal} signal
 * @param {(command: Command, place: Place) => void} press a command, after which the
 *   reader goes on at that place of the row, wherever it is then
 */
export function useSheet(root, signal, press) {
  root.addEventListener("keydown", (event) => move(event, press), { signal });
  root.addEventListener("keydown", (event) => goOn(root, event), { signal });
}

/**
 * Which rows stand open, by their addresses; and let them do so where they went.
 *
 * @param {HTMLElement} root
 * @returns {(moved: { [from: string]: string | null }) => void}
 */
export function openRows(root) {
  const were = new Set(rowsOf(root).filter(isOpen).map(addressOf));
  return (moved) => {
    const went = Object.entries(moved).filter(([from]) => /^\/issues\/\d+$/.test(from));
    if (!went.length) return;
    const open = new Set([...were].map((at) => moved[at] ?? (at in moved ? "" : at)));
    for (const row of rowsOf(root)) {
      const details = row.querySelector(":scope > details");
      details?.toggleAttribute("open", open.has(addressOf(row)));
    }
  };
}

/**
 * @param {KeyboardEvent} event
 * @param {(command: Command, place: Place) => void} press
 */
function move(event, press) {
  const command = MOVES[event.key];
  const held = /** @type {HTMLElement} */ (event.target);
  const row = /** @type {HTMLElement | null} */ (held.closest("[data-row]"));
  if (!command || !row || !event.altKey || event.ctrlKey || event.metaKey) return;
  if (held instanceof HTMLSelectElement) return; // it opens by that key
  event.preventDefault();
  const at = addressOf(row);
  const rest = held.id.startsWith(idOf(at)) ? held.id.slice(idOf(at).length) : "-open";
  press(command(at), { at, rest });
}

/**
 * Enter in the name of a row goes to what it says that comes next, or presses it; on an
 * empty last option it goes on to a new issue.
 *
 * @param {HTMLElement} root
 * @param {KeyboardEvent} event
 */
function goOn(root, event) {
  const field = event.target;
  if (event.key !== "Enter" || event.isComposing || event.altKey) return;
  if (!(field instanceof HTMLInputElement) || field.type !== "text") return;
  const row = /** @type {HTMLElement | null} */ (field.closest("[data-enter]"));
  if (!row || field.name !== `${addressOf(row)}/name`) return;
  const ids = row.dataset.enter?.split(" ") ?? [];
  const next = ids.map((id) => root.querySelector(`#${CSS.escape(id)}`)).find(Boolean);
  if (!(next instanceof HTMLElement)) return;
  event.preventDefault();
  if (next instanceof HTMLButtonElement) next.click();
  else next.focus();
}

/** @param {HTMLElement} root */
function rowsOf(root) {
  const rows = /** @type {NodeListOf<HTMLElement>} */ (
    root.querySelectorAll(".parley-issue[data-row]")
  );
  return [...rows];
}

/** @param {HTMLElement} row */
const isOpen = (row) => row.querySelector(":scope > details[open]") !== null;

/** @param {HTMLElement} row */
const addressOf = (row) => row.dataset.row ?? "";

/** @param {string} at of a member of a list: its keys hold nothing that no id may */
export const idOf = (at) => `f${at.replaceAll("/", "-")}`;
