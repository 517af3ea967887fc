// Undo and redo: the drafts of one plan as they were before each change.

/** @typedef {import("./address.mjs").Json} Json */

const STEPS = 100; // that undo can go back
const QUIET = 2000; // ms; typing on in the same field sooner is the same step
const MOST_TEXT = 500_000; // characters to keep; a browser gives 5 million to all
const MOST_READ = 10_000_000; // characters of drafts to compare or to read again

/**
 * How a draft differs, as text: what stays at the start, what stays at the end, what
 * stands between.
 *
 * @typedef {[number, number, string]} Difference
 */

/**
 * Steps back and forth, the nearest first, each told from the one before it.
 *
 * @typedef {{ before: Difference[], after: Difference[] }} Packed
 */

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
   * The steps, to be kept while the page is reloaded; those furthest away are left
   * out where they are too much.
   *
   * @param {Json} draft as it stands
   * @returns {Packed}
   */
  packed(draft) {
    return { before: chain(draft, this.#before), after: chain(draft, this.#after) };
  }

  /**
   * Take the steps back; `draft` is the one that they were packed for.
   *
   * @param {Json} draft
   * @param {Packed} packed
   */
  unpack(draft, { before, after }) {
    this.#before = unchain(draft, before);
    this.#after = unchain(draft, after);
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
    this.#at = null;
    // One that is as the draft is now would be a step to nowhere.
    while (from.length && same(from[from.length - 1], draft)) from.pop();
    if (!from.length) return draft;
    to.push(draft);
    return /** @type {Json} */ (from.pop());
  }
}

/**
 * @param {Json} one
 * @param {Json} other
 */
export function same(one, other) {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/**
 * @param {Json} draft
 * @param {Json[]} drafts the nearest last
 */
function chain(draft, drafts) {
  let text = JSON.stringify(draft);
  let [room, reading] = [MOST_TEXT / 2, MOST_READ / 2];
  /** @type {Difference[]} */
  const chained = [];
  for (const next of [...drafts].reverse()) {
    const there = JSON.stringify(next);
    const difference = between(text, there);
    room -= difference[2].length;
    reading -= there.length;
    if (room < 0 || reading < 0) break;
    chained.push(difference);
    text = there;
  }
  return chained;
}

/**
 * @param {Json} draft
 * @param {Difference[]} chained
 */
function unchain(draft, chained) {
  let text = JSON.stringify(draft);
  /** @type {Json[]} */
  const drafts = [];
  for (const [start, end, middle] of chained) {
    text = text.slice(0, start) + middle + text.slice(text.length - end);
    drafts.unshift(JSON.parse(text));
  }
  return drafts;
}

/**
 * @param {string} one
 * @param {string} other
 * @returns {Difference}
 */
function between(one, other) {
  const most = Math.min(one.length, other.length);
  let start = 0;
  while (start < most && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < most - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  return [start, end, other.slice(start, other.length - end)];
}
