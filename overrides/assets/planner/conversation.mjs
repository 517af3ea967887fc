// What the page and Python say to each other: one question at a time.

import { moved } from "./address.mjs";

/** @typedef {import("./address.mjs").Json} Json */
/** @typedef {import("./engine.mjs").Answer} Answer */

/**
 * @typedef {object} Listener a panel on the page
 * @property {string[]} panels
 * @property {string} base
 * @property {Json} start the document it shows while there is no draft
 * @property {(answer: Answer, typed: Set<string>, pressed: boolean) => void} hear
 */

/** @typedef {{ [key: string]: string }} Command what a button asks for */

/**
 * Joins the panels of a page to the draft and to Python. Typing changes the draft
 * at once and asks for advice; the newest draft wins. Presses change the draft's
 * shape in Python, in their order, none lost; what is typed or pressed meanwhile
 * follows the members it was meant for to their new places.
 */
export class Conversation {
  /** @type {Set<Listener>} */
  #listeners = new Set();
  /** @type {Command[]} */
  #presses = [];
  /** @type {Map<string, Json>} what was typed since the question was asked */
  #typed = new Map();
  /** @type {string | null} the field being typed in */
  #typing = null;
  #asking = false;
  #stale = false;
  #store;
  #engine;

  /**
   * @param {import("./store.mjs").Store} store
   * @param {import("./engine.mjs").Engine} engine
   */
  constructor(store, engine) {
    this.#store = store;
    this.#engine = engine;
  }

  /** @param {Listener} listener */
  join(listener) {
    this.#listeners.add(listener);
    if (this.#store.draft !== null) this.ask();
  }

  /** @param {Listener} listener */
  leave(listener) {
    this.#listeners.delete(listener);
  }

  /**
   * The reader typed into a field.
   *
   * @param {string[]} places the field's address, and those that quote it
   * @param {string} value
   * @param {Json} start
   */
  type(places, value, start) {
    this.#store.type(start, places, value);
    for (const at of places) this.#typed.set(at, value);
    this.#typing = places[0];
    this.ask();
  }

  /** The reader left a field: its problem may be told now. */
  settle() {
    if (this.#typing === null) return;
    this.#typing = null;
    this.ask();
  }

  /** @param {Command} command */
  press(command) {
    this.#presses.push(command);
    this.#next();
  }

  undo() {
    this.#store.undo();
    this.ask();
  }

  /** Ask Python about the draft as it stands. */
  ask() {
    this.#stale = true;
    this.#next();
  }

  async #next() {
    if (this.#asking || !this.#listeners.size) return;
    const press = this.#presses.shift();
    if (!press && !this.#stale) return;
    this.#asking = true;
    this.#stale = false;
    this.#typed.clear();
    const asking = [...this.#listeners];
    const [first] = asking;
    const answer = await this.#engine.ask({
      plan: this.#store.draft ?? first.start,
      own: this.#store.draft !== null || Boolean(press),
      panels: asking.flatMap((listener) => listener.panels),
      base: first.base,
      typing: this.#typing,
      do: press ?? null,
    });
    this.#asking = false;
    const typed = this.#adopt(answer, Boolean(press));
    // One that came meanwhile, on another page, has asked a question of its own.
    for (const listener of asking) {
      if (this.#listeners.has(listener)) listener.hear(answer, typed, Boolean(press));
    }
    this.#next();
  }

  /**
   * Take the draft as Python gives it back, with what was typed since on top.
   *
   * @param {Answer} answer
   * @param {boolean} pressed
   * @returns {Set<string>} the addresses typed since
   */
  #adopt(answer, pressed) {
    const late = this.#follow(answer.moved);
    if (answer.html && (this.#store.draft !== null || (pressed && !answer.refused))) {
      this.#store.put(answer.plan, { undoable: pressed && !answer.refused });
      for (const [at, value] of late) this.#store.type(answer.plan, [at], value);
    }
    if (late.size) this.#stale = true;
    return new Set(late.keys());
  }

  /**
   * What was typed or pressed since the question, at its place in the answer.
   *
   * @param {{ [from: string]: string | null }} moves
   */
  #follow(moves) {
    /** @type {Map<string, Json>} */
    const late = new Map();
    for (const [at, value] of this.#typed) {
      const there = moved(at, moves);
      if (there !== null) late.set(there, value);
    }
    this.#presses = this.#presses.flatMap((press) => {
      const followed = Object.entries(press).map(([key, at]) => [
        key,
        moved(at, moves),
      ]);
      return followed.some(([, at]) => at === null)
        ? []
        : [Object.fromEntries(followed)];
    });
    return late;
  }
}
