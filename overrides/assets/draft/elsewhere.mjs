// Plans that other sites of this origin keep, or this one kept under an earlier name.
// Their databases are read and never changed.

import { openDB } from "idb";
import { DATABASE, PLANS, SETTINGS, titleOf } from "./plans.mjs";

/** @typedef {import("./plans.mjs").Kept} Kept */

/**
 * @typedef {object} Elsewhere
 * @property {string} name of the database
 * @property {string} path of the site; empty for the earlier name
 * @property {Kept[]} plans without those deleted, the newest first
 * @property {string} current the id of the plan that is open there
 */

const EARLIER = "parley"; // the database of every site, before each had one of its own
const OTHER = /^parley:(\/.*):plans$/;
const FIRST = "draft"; // the key of the one plan that version 1 kept, without an id

/**
 * Read the plans of every other database, those of the earlier name first.
 *
 * @returns {Promise<Elsewhere[]>} without databases that hold none
 */
export async function findPlans() {
  const names = await databaseNames();
  const found = await Promise.all(names.map(readPlans));
  return found
    .filter((each) => each !== null)
    .sort((one, other) => rank(other) - rank(one));
}

/**
 * Read the plans of another database.
 *
 * @param {string} name
 * @returns {Promise<Elsewhere | null>} null where there are none, or none can be read
 */
export async function readPlans(name) {
  try {
    const database = await openExisting(name);
    const { plans, current } = await contentOf(database).finally(() =>
      database.close(),
    );
    const path = OTHER.exec(name)?.[1] ?? "";
    return plans.length ? { name, path, plans, current } : null;
  } catch {
    return null;
  }
}

/** Where a browser cannot list its databases, the earlier name is tried. */
async function databaseNames() {
  try {
    const all = (await indexedDB.databases?.()) ?? [{ name: EARLIER }];
    const names = all.map(({ name }) => name ?? "");
    return names.filter((name) => name !== DATABASE && isOurs(name));
  } catch {
    return [];
  }
}

/** @param {string} name */
function isOurs(name) {
  return name === EARLIER || OTHER.test(name);
}

/**
 * Open a database as it is, of whatever version. It is closed as soon as its own site
 * changes it: that would wait for us otherwise.
 *
 * @param {string} name
 */
function openExisting(name) {
  return openDB(name, undefined, {
    upgrade: (_, __, ___, transaction) => {
      // It is not there: aborted, it is not made either.
      transaction.done.catch(() => {});
      transaction.abort();
    },
    blocking: (_, __, event) => /** @type {IDBDatabase} */ (event.target).close(),
  });
}

/** @param {import("idb").IDBPDatabase} database */
async function contentOf(database) {
  const names = [PLANS, SETTINGS].filter((name) =>
    database.objectStoreNames.contains(name),
  );
  // One transaction: it ends even if the database is closed meanwhile.
  const transaction = database.transaction(names);
  const [plans, current] = await Promise.all([
    transaction.objectStore(PLANS).getAll(),
    names.includes(SETTINGS) ? transaction.objectStore(SETTINGS).get("current") : FIRST,
  ]);
  return {
    plans: plans
      .filter(isPlan)
      .map(asKept)
      .sort((one, other) => other.changed - one.changed),
    current: String(current ?? ""),
  };
}

/** @param {any} record of whatever version */
function isPlan(record) {
  return record?.document instanceof Object && !record.deleted;
}

/**
 * @param {any} record
 * @returns {Kept}
 */
function asKept({ id, title, document, changed }) {
  return {
    id: String(id ?? FIRST),
    title: String(title ?? titleOf(document)),
    document,
    changed: Number(changed) || 0,
  };
}

/** @param {Elsewhere} found */
function rank({ path, plans }) {
  return path === "" ? Infinity : plans[0].changed;
}
