// Undo and redo: the drafts of one plan as they were before each change.

/** @typedef {import("./address.mjs").Json} Json */

const STEPS = 100; // that undo can go back
const QUIET = 2000; // ms; typing on in the same field sooner is the same step

/** Holds whole drafts: they share what did not change, so a step is small. */
export class History {
  /** @type {Json[]} */
  #before = [];
  /** @type {Json[]} */
  #after = [];
  /** @type {string | null} */
  #at = null;
  #when = -Infinity;
  #clock;

  /** @param {() => number} clock in ms */
  constructor(clock) {
    this.#clock = clock;
  }

  /**
   * Keep the draft as it is before a change; a burst of typing at one address is
   * one step.
   *
   * @param {Json} draft
   * @param {string | null} at
   */
  remember(draft, at = null) {
    const now = this.#clock();
    const burst = at !== null && at === this.#at && now - this.#when < QUIET;
    this.#at = at;
    this.#when = now;
    if (!burst) this.#before = [...this.#before, draft].slice(-STEPS);
    this.#after = [];
  }

  get undoable() {
    return this.#before.length > 0;
  }

  get redoable() {
    return this.#after.length > 0;
  }

  /**
   * The draft before the last change; redo brings back the one given.
   *
   * @param {Json} draft
   */
  undo(draft) {
    return this.#step(this.#before, this.#after, draft);
  }

  /**
   * The draft that undo took back.
   *
   * @param {Json} draft
   */
  redo(draft) {
    return this.#step(this.#after, this.#before, draft);
  }

  /**
   * @param {Json[]} from
   * @param {Json[]} to
   * @param {Json} draft
   * @returns {Json}
   */
  #step(from, to, draft) {
    if (!from.length) return draft;
    this.#at = null;
    to.push(draft);
    return /** @type {Json} */ (from.pop());
  }
}
