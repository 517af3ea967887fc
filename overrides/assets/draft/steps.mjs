// The steps for undo, kept by this tab while its page is reloaded: a draft never needs them.

import { nameOf } from "./site.mjs";

/** @typedef {import("./address.mjs").Json} Json */
/** @typedef {import("./history.mjs").History} History */

const KEPT = nameOf("steps");

/**
 * Keep the steps of the open plan, and of no other.
 *
 * @param {string | null} id of the plan
 * @param {Json} draft as it stands
 * @param {History} history
 */
export function keepSteps(id, draft, history) {
  tried((storage) => {
    storage.removeItem(KEPT);
    if (id === null || !(history.undoable || history.redoable)) return;
    const kept = { id, draft: JSON.stringify(draft), ...history.packed(draft) };
    storage.setItem(KEPT, JSON.stringify(kept));
  });
}

/**
 * Take the kept steps back, if they are of this plan as it stands.
 *
 * @param {string} id
 * @param {Json} draft
 * @param {History} history
 */
export function recallSteps(id, draft, history) {
  tried((storage) => {
    const kept = JSON.parse(storage.getItem(KEPT) ?? "null");
    if (kept?.id !== id || kept.draft !== JSON.stringify(draft)) return;
    history.unpack(draft, kept);
  });
}

/**
 * A browser may keep nothing for us, or have no room: then there are no steps.
 *
 * @param {(storage: Storage) => void} act
 */
function tried(act) {
  try {
    act(sessionStorage);
  } catch {
    // The plan itself is kept elsewhere.
  }
}
