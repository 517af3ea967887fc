// Examples as a reader plays with them: none of their plans, and gone with the tab.

import { replaced } from "./address.mjs";
import { History, same } from "./history.mjs";
import { nameOf } from "./site.mjs";

/** @typedef {import("./address.mjs").Json} Json */

const KEPT = nameOf("play");

/** One example: what has become of it, and the steps back. */
export class Game {
  /** @type {Json} as it stands */
  draft;
  #history;

  /**
   * @param {Json} start
   * @param {() => number} clock in ms
   */
  constructor(start, clock) {
    this.draft = start;
    this.#history = new History(clock);
  }

  /**
   * Change one answer, and those that quote it.
   *
   * @param {string[]} places
   * @param {Json} value
   */
  type(places, value) {
    this.#history.remember(this.draft, places[0]);
    this.draft = places.reduce((draft, at) => replaced(draft, at, value), this.draft);
  }

  /**
   * Take it as it stands.
   *
   * @param {Json} draft
   * @param {boolean} undoable whether the reader made the change
   */
  put(draft, undoable) {
    if (same(draft, this.draft)) return;
    if (undoable) this.#history.remember(this.draft);
    this.draft = draft;
  }

  get undoable() {
    return this.#history.undoable;
  }

  get redoable() {
    return this.#history.redoable;
  }

  /** Go back to what it was before the last change. */
  undo() {
    this.draft = this.#history.undo(this.draft);
  }

  /** Take back the last undo. */
  redo() {
    this.draft = this.#history.redo(this.draft);
  }

  /** It as it is kept over a reload. */
  packed() {
    return { draft: this.draft, ...this.#history.packed(this.draft) };
  }

  /**
   * Take it up again.
   *
   * @param {ReturnType<Game["packed"]>} packed
   */
  unpack(packed) {
    this.draft = packed.draft;
    this.#history.unpack(packed.draft, packed);
  }
}

/** The examples of all pages: two that show the same one share what was typed. */
export class Play {
  /** @type {Map<string, Game>} by the example as it was served, as text */
  #games = new Map();
  #clock;

  /** @param {() => number} clock in ms */
  constructor(clock = Date.now) {
    this.#clock = clock;
    tried((storage) => this.#recall(JSON.parse(storage.getItem(KEPT) ?? "[]")));
    for (const event of ["pagehide", "visibilitychange"])
      addEventListener(event, () => tried((storage) => this.#keep(storage)));
  }

  /**
   * The game that is played with an example.
   *
   * @param {Json} start
   */
  of(start) {
    const text = JSON.stringify(start);
    const game = this.#games.get(text) ?? new Game(start, this.#clock);
    this.#games.set(text, game);
    return game;
  }

  /** @param {[string, ReturnType<Game["packed"]>][]} kept */
  #recall(kept) {
    for (const [text, packed] of kept) this.of(JSON.parse(text)).unpack(packed);
  }

  /** @param {Storage} storage */
  #keep(storage) {
    const played = [...this.#games].filter(([, game]) => game.undoable);
    if (!played.length) return storage.removeItem(KEPT);
    const kept = played.map(([text, game]) => [text, game.packed()]);
    storage.setItem(KEPT, JSON.stringify(kept));
  }
}

/**
 * A browser may keep nothing for us, or have no room: then a reload forgets it.
 *
 * @param {(storage: Storage) => void} act
 */
function tried(act) {
  try {
    act(sessionStorage);
  } catch {
    // It was only played with.
  }
}
