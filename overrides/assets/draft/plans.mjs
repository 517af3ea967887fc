// The database of this browser: plans and settings, and what can go wrong with it.

import { openDB } from "idb";
import { nameOf } from "./site.mjs";

/** @typedef {import("./address.mjs").Json} Json */

/**
 * @typedef {object} Kept a plan as it is kept
 * @property {string} id
 * @property {string} title
 * @property {Json} document
 * @property {number} changed ms since 1970
 * @property {number} [deleted] when it was deleted, while that can be undone
 */

/** @typedef {"blocked" | "full" | "old" | "cleared"} Fault */

export const DATABASE = nameOf("plans");
export const PLANS = "plans";
export const SETTINGS = "settings";
const VERSION = 2; // the first one under this name: version 1 had another
const FORGOTTEN = 7 * 24 * 3600 * 1000; // ms after which a deleted plan is gone

/** Every method can fail; `faultOf` tells why. */
export class Plans {
  /** Set when a newer version of this page has taken the database over. */
  old = false;
  /** @type {Promise<import("idb").IDBPDatabase> | null} */
  #database = null;
  #onOld;
  #onLost;

  /**
   * @param {() => void} onOld called when a newer version takes the database over
   * @param {() => void} onLost called when it was closed: what it held may be gone
   */
  constructor(onOld, onLost) {
    this.#onOld = onOld;
    this.#onLost = onLost;
  }

  /**
   * Every kept plan, without those deleted long ago; they go for good.
   *
   * @param {number} now
   * @returns {Promise<Kept[]>}
   */
  async all(now) {
    const database = await this.#open();
    const plans = await database.getAll(PLANS);
    const gone = plans.filter(({ deleted }) => deleted && now - deleted > FORGOTTEN);
    for (const { id } of gone) await database.delete(PLANS, id);
    return plans.filter((plan) => !gone.includes(plan));
  }

  /**
   * @param {string} id
   * @returns {Promise<Kept | undefined>}
   */
  async get(id) {
    return (await this.#open()).get(PLANS, id);
  }

  /**
   * Keep plans; done when the transaction is. It is ended here and not by the browser
   * once we have heard of each: the page may be gone by then.
   *
   * @param {Kept[]} plans
   */
  async put(plans) {
    const transaction = (await this.#open()).transaction(PLANS, "readwrite");
    for (const plan of plans) transaction.store.put(plan, plan.id).catch(() => {});
    transaction.commit();
    await transaction.done;
  }

  /** @returns {Promise<{ [name: string]: string }>} */
  async settings() {
    const database = await this.#open();
    const names = await database.getAllKeys(SETTINGS);
    const values = await Promise.all(names.map((name) => database.get(SETTINGS, name)));
    return Object.fromEntries(names.map((name, i) => [name, values[i]]));
  }

  /**
   * @param {string} name
   * @param {string} value
   */
  async set(name, value) {
    const transaction = (await this.#open()).transaction(SETTINGS, "readwrite");
    transaction.store.put(value, name).catch(() => {});
    transaction.commit();
    await transaction.done;
  }

  /**
   * Why something failed. A broken connection is opened anew next time.
   *
   * @param {unknown} error
   * @returns {Fault}
   */
  faultOf(error) {
    const name = error instanceof DOMException ? error.name : "";
    if (this.old || name === "VersionError") return "old";
    this.#database = null;
    return name === "QuotaExceededError" ? "full" : "blocked";
  }

  #open() {
    if (this.old) throw new DOMException("taken over", "VersionError");
    this.#database ??= openDB(DATABASE, VERSION, {
      upgrade: (database) => {
        for (const name of [PLANS, SETTINGS]) database.createObjectStore(name);
      },
      blocking: (_, version, event) => {
        /** @type {IDBDatabase} */ (event.target).close();
        this.#database = null;
        if (version === null) return this.#onLost(); // it is being deleted
        this.old = true;
        this.#onOld();
      },
      terminated: () => {
        this.#database = null;
        this.#onLost();
      },
    });
    return this.#database;
  }
}

/**
 * What a plan is called; empty while it has no title.
 *
 * @param {Json} document
 */
export function titleOf(document) {
  const title = document instanceof Object && "title" in document ? document.title : "";
  return typeof title === "string" ? title : "";
}
