// The draft: what the reader typed, kept in this browser and nowhere else.

import { openDB } from "idb";
import { replaced } from "./address.mjs";

/** @typedef {import("./address.mjs").Json} Json */
/** @typedef {"saving" | "saved" | "failed"} Saving */

const DATABASE = "parley";
const PLANS = "plans";
const DRAFT = "draft";
const STEPS = 100; // drafts that undo can bring back

/**
 * Keeps one draft. Every change is written at once; while a write is under way
 * the next one waits and takes the newest draft. "saved" is only told once the
 * transaction has completed. Tells `saving` events, with the state as detail.
 */
export class Store extends EventTarget {
  /** @type {Json} the plan document as typed; null while there is none */
  draft = null;
  /** @type {Json[]} */
  #before = [];
  /** @type {Promise<import("idb").IDBPDatabase> | null} */
  #database = null;
  #writing = false;
  #waiting = false;

  /** Bring back the draft of the last visit, if there is one. */
  async load() {
    try {
      const kept = await (await this.#open()).get(PLANS, DRAFT);
      this.draft ??= kept?.document ?? null;
    } catch {
      this.#tell("failed");
    }
  }

  /**
   * Change one answer, and those that quote it.
   *
   * @param {Json} start the document to start from, where there is no draft yet
   * @param {string[]} places
   * @param {Json} value
   */
  type(start, places, value) {
    this.draft = places.reduce(
      (draft, at) => replaced(draft, at, value),
      this.draft ?? start,
    );
    this.#write();
  }

  /**
   * Take a new draft as it stands. One that undo should bring back says so.
   *
   * @param {Json} draft
   * @param {{ undoable: boolean }} options
   */
  put(draft, { undoable }) {
    if (undoable) this.#before = [...this.#before, this.draft].slice(-STEPS);
    this.draft = draft;
    this.#write();
  }

  get undoable() {
    return this.#before.length > 0;
  }

  /** Go back to the draft before the last change of shape. */
  undo() {
    if (!this.undoable) return;
    this.draft = this.#before.pop() ?? null;
    this.#write();
  }

  async #write() {
    this.#waiting = true;
    if (this.#writing) return;
    this.#writing = true;
    this.#tell("saving");
    while (this.#waiting) {
      this.#waiting = false;
      await this.#save(this.draft);
    }
    this.#writing = false;
  }

  /** @param {Json} document */
  async #save(document) {
    try {
      const database = await this.#open();
      if (document === null) await database.delete(PLANS, DRAFT);
      else await database.put(PLANS, { document, changed: Date.now() }, DRAFT);
      if (!this.#waiting) this.#tell("saved");
    } catch {
      this.#database = null; // a broken connection is opened anew next time
      this.#tell("failed");
    }
  }

  #open() {
    this.#database ??= openDB(DATABASE, 1, {
      upgrade: (database) => void database.createObjectStore(PLANS),
    });
    return this.#database;
  }

  /** @param {Saving} state */
  #tell(state) {
    this.dispatchEvent(new CustomEvent("saving", { detail: state }));
  }
}
