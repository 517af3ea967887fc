// The plan that a link held, kept by this tab until the reader keeps or leaves it: it is
// out of the address bar by then, and none of their own plans.

import { nameOf } from "./site.mjs";

const KEPT = nameOf("visited");

/**
 * Keep what a link held, so that a reload shows it again.
 *
 * @param {string} text
 */
export function keepVisited(text) {
  tried((storage) => storage.setItem(KEPT, text));
}

/** Forget it: it was kept as a plan of the reader's own, or left. */
export function forgetVisited() {
  tried((storage) => storage.removeItem(KEPT));
}

/** @returns {string | null} what the link held that this tab looks at, if it does */
export function recallVisited() {
  return tried((storage) => storage.getItem(KEPT)) ?? null;
}

/**
 * A browser may keep nothing for us, or have no room: then a reload forgets it.
 *
 * @template T
 * @param {(storage: Storage) => T} act
 */
function tried(act) {
  try {
    return act(sessionStorage);
  } catch {
    return undefined;
  }
}
