// The drafts: what the reader typed, kept in this browser and nowhere else.

import { replaced } from "./address.mjs";
import { findPlans, readPlans } from "./elsewhere.mjs";
import { History, same } from "./history.mjs";
import { askBeforeLeaving } from "./leaving.mjs";
import { Plans, titleOf } from "./plans.mjs";
import { recallSteps, keepSteps } from "./steps.mjs";
import { Tabs } from "./tabs.mjs";

/** @typedef {import("./address.mjs").Json} Json */
/** @typedef {import("./plans.mjs").Kept} Kept */
/** @typedef {import("./plans.mjs").Fault} Fault */
/** @typedef {import("./elsewhere.mjs").Elsewhere} Elsewhere */
/** @typedef {"saving" | "saved" | Fault} Saving */

/**
 * @typedef {object} Listed a plan in the list, the newest first
 * @property {string} id
 * @property {string} title
 * @property {number} changed ms since 1970
 * @property {boolean} current
 */

const WEEK = 7 * 24 * 3600 * 1000; // ms that a plan goes without a file before we ask
const FIRST_RETRY = 1000; // ms after a failed write; doubled each time
const LAST_RETRY = 60_000;
const OFFERED = "offered"; // what a setting says until the reader has answered

/**
 * Keeps plans, one of them open. Every change is written at once; while a write is
 * under way the next one waits and takes the newest draft. Events:
 *
 * - `saving`, with the state as detail; "saved" only once the transaction is done, and
 *   a fault until then;
 * - `plans`: the list reads differently;
 * - `draft`: the draft is another one (undo, another plan, another tab);
 * - `typed`: an answer was typed in another tab, detail `{ places, value }`;
 * - `kept`: another tab has written plans;
 * - `gone`: another tab has deleted the plan that is open here;
 * - `offer`: there are other plans to copy, or none any more.
 */
export class Store extends EventTarget {
  /** @type {Json} the open plan as typed; null while there is none */
  draft = null;
  /** @type {string | null} the id of the open plan */
  current = null;
  /** @type {{ [name: string]: string }} */
  settings = {};
  /** @type {Map<string, Kept>} every kept plan, without its document */
  #list = new Map();
  /** @type {Map<string, History>} */
  #histories = new Map();
  /** @type {Map<string, Kept>} what has to be written */
  #dirty = new Map();
  #names = "";
  #writing = false;
  #written = Promise.resolve();
  /** @type {Fault | null} why the last write failed */
  #fault = null;
  /** @type {Saving | null} what was last told */
  #saving = null;
  #retry = FIRST_RETRY;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #retrying;
  /** Settings that are not in the database yet. @type {Map<string, string>} */
  #unset = new Map();
  #removed = "";
  /** @type {string | null} the plan that was open before one was made */
  #before = null;
  #asked = false;
  /** @type {Elsewhere[]} plans of other sites, to be copied if the reader likes */
  #offers = [];
  #clock;
  #database = new Plans(
    () => this.#tell("old"),
    () => this.#lookAgain(),
  );
  #tabs = new Tabs((news) => this.#hear(news));

  /** @param {() => number} clock ms since 1970 */
  constructor(clock = Date.now) {
    super();
    this.#clock = clock;
    // The last events that a page is sure to get.
    for (const event of ["pagehide", "visibilitychange"])
      addEventListener(event, () => this.#keepSteps());
    addEventListener("pagehide", () => this.#writeWaiting());
    askBeforeLeaving(() => this.#loses);
  }

  /** Bring back the plans of the last visit, and the one that was open. */
  async load() {
    try {
      this.settings = { ...(await this.#database.settings()), ...this.settings };
      await this.#relist();
      this.#lookElsewhere();
      const kept = await this.#database.get(this.settings.current ?? "");
      if (!kept || kept.deleted || this.draft !== null) return;
      this.current = kept.id;
      this.draft = kept.document;
      recallSteps(kept.id, kept.document, this.#history);
    } catch (error) {
      this.#tell(this.#database.faultOf(error));
    }
  }

  /** @returns {Listed[]} */
  get plans() {
    return [...this.#list.values()]
      .filter(({ deleted }) => !deleted)
      .sort((one, other) => other.changed - one.changed)
      .map(({ id, title, changed }) => ({
        id,
        title,
        changed,
        current: id === this.current,
      }));
  }

  /**
   * Change one answer, and those that quote it.
   *
   * @param {Json} start the document to start from, where there is no draft yet
   * @param {string[]} places
   * @param {Json} value
   */
  type(start, places, value) {
    if (this.draft === null) this.#create(start);
    this.#history.remember(this.draft, places[0]);
    this.#typeIn(places, value);
    this.#tabs.tell({ kind: "typed", id: this.current ?? "", places, value });
    this.#persist();
  }

  /**
   * Take a draft as it stands. `undoable` tells a change that the reader made from
   * one that only tidied; `fresh` makes it a plan of its own.
   *
   * @param {Json} draft
   * @param {{ undoable: boolean, fresh?: boolean, start?: Json }} options
   *   `start` is the document that it was made from, where there was no draft yet
   */
  put(draft, { undoable, fresh = false, start = draft }) {
    if (fresh || this.current === null) this.#create(fresh ? draft : start);
    else if (!undoable && same(draft, this.draft)) return;
    if (undoable && !fresh) this.#history.remember(this.draft);
    this.draft = draft;
    this.#write();
    if (undoable || fresh) this.#tellDraft();
  }

  get undoable() {
    return this.#history.undoable;
  }

  get redoable() {
    return this.#history.redoable;
  }

  /** Go back to the draft before the last change, typing included. */
  undo() {
    this.#step(this.#history.undo(this.draft));
  }

  /** Take back the last undo. */
  redo() {
    this.#step(this.#history.redo(this.draft));
  }

  /**
   * The document of a kept plan; null where it is gone.
   *
   * @param {string} id
   * @returns {Promise<Json>}
   */
  async read(id) {
    if (id === this.current) return this.draft;
    const waiting = this.#dirty.get(id);
    if (waiting) return waiting.document;
    try {
      return (await this.#database.get(id))?.document ?? null;
    } catch (error) {
      this.#tell(this.#database.faultOf(error));
      return null;
    }
  }

  /** @param {string} id of the plan to go on with */
  async open(id) {
    const document = await this.read(id);
    if (document === null) return;
    this.#goTo(id, document);
  }

  /** Open no plan, and leave the one that was open in the list. */
  leave() {
    this.#goTo(null, null);
  }

  /**
   * Open a copy of a plan.
   *
   * @param {string} id
   * @param {string} title
   */
  async duplicate(id, title) {
    const document = await this.read(id);
    if (document === null) return;
    this.put(replaced(document, "/title", title), { undoable: false, fresh: true });
    this.#say("draft");
  }

  /**
   * Delete a plan; `restore` brings the last one back.
   *
   * @param {string} id
   * @param {string | null} [next] the plan to go on with
   */
  async remove(id, next = null) {
    const document = await this.read(id);
    const kept = this.#list.get(id);
    if (!kept || document === null) return;
    this.#removed = id;
    this.#keep({ ...kept, document, deleted: this.#clock() });
    this.#tabs.tell({ kind: "removed", id });
    if (id !== this.current) return this.#say("plans");
    const others = this.plans.map((plan) => plan.id);
    const there = others.find((other) => other === next) ?? others[0] ?? null;
    this.#goTo(there, there && (await this.read(there)));
  }

  /** Undo that a plan was opened as a new one: it goes, the one before is back. */
  async revert() {
    if (this.current !== null) await this.remove(this.current, this.#before);
  }

  /** Bring the plan back that was deleted last. */
  async restore() {
    const id = this.#removed;
    const kept = this.#list.get(id);
    const document = await this.read(id);
    if (!kept || document === null) return;
    const { deleted: _, ...alive } = kept;
    this.#keep({ ...alive, document });
    this.#goTo(id, document);
  }

  /** The plans of one other site that may be copied; null where nothing is offered. */
  get offer() {
    return this.#offers[0] ?? null;
  }

  /**
   * Copy the plans on offer. The one that is open there opens, unless one is open here.
   *
   * @returns {Promise<boolean>} whether all of them are in the database now
   */
  async copyOffered() {
    const { offer } = this;
    const found = offer && (await readPlans(offer.name));
    if (!found) {
      await this.#lookElsewhere();
      return false;
    }
    /** @type {string | undefined} */
    let next;
    for (const plan of found.plans.filter((each) => !this.#has(each))) {
      const id = this.#list.has(plan.id) ? newId() : plan.id;
      this.#keep({ ...plan, id });
      if (plan.id === found.current) next = id;
    }
    if (this.#dirty.size) this.#save(); // what found no room when it was pressed before
    if (next && this.draft === null) await this.open(next);
    // Only then: what finds no room would be offered no more, and be lost.
    const written = await this.written();
    if (written) await this.#answerOffer(found.name, "copied");
    return written;
  }

  /** Leave the plans on offer where they are, and ask no more. */
  async declineOffer() {
    if (this.offer) await this.#answerOffer(this.offer.name, "declined");
  }

  /** Whether the open plan has changed, and has gone a week without a file. */
  wantsFile() {
    const kept = this.#list.get(this.current ?? "");
    if (!kept) return false;
    const since = Number(this.settings[`filed ${kept.id}`] ?? 0);
    if (!since) this.filed();
    return since > 0 && kept.changed > since && this.#clock() - since > WEEK;
  }

  /** The open plan is in a file as it stands: the week begins anew. */
  filed() {
    if (this.current !== null) this.set(`filed ${this.current}`, String(this.#clock()));
  }

  /**
   * Remember how the reader likes the page.
   *
   * @param {string} name
   * @param {string} value
   */
  set(name, value) {
    this.settings = { ...this.settings, [name]: value };
    this.#unset.set(name, value);
    Promise.resolve()
      .then(() => this.#keepSettings())
      .catch((error) => this.#tell(this.#database.faultOf(error)));
  }

  /** What finds no room is kept with the next plan that does: which one is open, too. */
  async #keepSettings() {
    for (const [name, value] of this.#unset) {
      await this.#database.set(name, value);
      if (this.#unset.get(name) === value) this.#unset.delete(name);
    }
  }

  /**
   * Wait for the write that is under way.
   *
   * @returns {Promise<boolean>} whether everything that was typed is in the database
   */
  async written() {
    await this.#written;
    return this.#dirty.size === 0;
  }

  /** How it stands with the last write; null before there was one. */
  get saving() {
    return this.#saving;
  }

  /**
   * Whether the open plan is in the database as it stands, as far as that has been told.
   *
   * @returns {"yes" | "no" | "none"} "none" where there is no plan
   */
  get kept() {
    if (this.#fault !== null) return "no";
    if (this.draft === null) return "none";
    return this.#writing || this.#dirty.size > 0 ? "no" : "yes";
  }

  /** The database was closed: where the open plan is gone from it, say so. */
  async #lookAgain() {
    try {
      const id = this.current;
      if (id === null || this.#dirty.has(id)) return;
      if (await this.#database.get(id)) return;
      await this.#relist();
      if (id === this.current && !this.#dirty.has(id)) this.#tell("cleared");
    } catch (error) {
      this.#tell(this.#database.faultOf(error));
    }
  }

  /** Whether something typed is not in the database, and may never be. */
  get #loses() {
    const deleted = this.#fault === "cleared";
    return deleted || (this.#fault !== null && (this.#writing || this.#dirty.size > 0));
  }

  get #history() {
    const id = this.current ?? "";
    const history = this.#histories.get(id) ?? new History(this.#clock);
    this.#histories.set(id, history);
    return history;
  }

  /** @param {Json} document */
  #create(document) {
    this.#before = this.current;
    this.current = newId();
    this.draft = document;
    this.set("current", this.current);
    this.#say("plans");
  }

  /**
   * @param {string | null} id
   * @param {Json} document
   */
  #goTo(id, document) {
    this.current = id;
    this.draft = document;
    this.set("current", id ?? "");
    this.#say("plans");
    this.#say("draft");
  }

  /**
   * @param {string[]} places
   * @param {Json} value
   */
  #typeIn(places, value) {
    this.draft = places.reduce((draft, at) => replaced(draft, at, value), this.draft);
    this.#write();
  }

  /** @param {Json} draft */
  #step(draft) {
    if (draft === this.draft) return;
    this.draft = draft;
    this.#write();
    this.#tellDraft();
    this.#say("draft");
  }

  #tellDraft() {
    this.#tabs.tell({ kind: "put", id: this.current ?? "", document: this.draft });
  }

  /** @param {import("./tabs.mjs").News} news */
  #hear(news) {
    if (news.kind === "list") return void this.#relist().catch(() => {});
    if (news.kind === "kept") return this.#say("kept");
    if (news.kind === "answered") {
      this.settings = { ...this.settings, [news.setting]: news.answer };
      return void this.#lookElsewhere();
    }
    if (news.id !== this.current) return;
    if (news.kind === "removed") return this.#say("gone");
    if (news.kind === "put") {
      this.#history.remember(this.draft);
      this.draft = news.document;
      this.#write();
      return this.#say("draft");
    }
    const { places, value } = news;
    this.#history.remember(this.draft, places[0]);
    // Written here too: a write of ours may be under way that lacks their answer.
    this.#typeIn(places, value);
    this.dispatchEvent(new CustomEvent("typed", { detail: { places, value } }));
  }

  async #relist() {
    const kept = await this.#database.all(this.#clock());
    this.#list = new Map(kept.map((plan) => [plan.id, { ...plan, document: null }]));
    this.#say("plans");
  }

  /**
   * Offer the plans of other sites to a reader who has none here; what was offered once
   * stays so until it is answered, even if they have begun a plan meanwhile.
   */
  async #lookElsewhere() {
    const none = this.plans.length === 0;
    const waiting = Object.values(this.settings).includes(OFFERED);
    const found = none || waiting ? await findPlans() : [];
    this.#offers = found
      .map((each) => ({
        ...each,
        plans: each.plans.filter((plan) => !this.#has(plan)),
      }))
      .filter(({ name, plans }) => {
        const answer = this.settings[offerOf(name)] ?? (none ? OFFERED : "");
        return answer === OFFERED && plans.length > 0;
      });
    for (const { name } of this.#offers) {
      if (!this.settings[offerOf(name)]) this.set(offerOf(name), OFFERED);
    }
    this.#say("offer");
  }

  /**
   * @param {string} name
   * @param {"copied" | "declined"} answer
   */
  async #answerOffer(name, answer) {
    const setting = offerOf(name);
    this.set(setting, answer);
    this.#tabs.tell({ kind: "answered", setting, answer });
    await this.#lookElsewhere();
  }

  /**
   * Whether another site's plan is here, as it stands there.
   *
   * @param {Kept} plan
   */
  #has({ id, changed }) {
    return this.#list.get(id)?.changed === changed;
  }

  /** The open draft has changed: write it. */
  #write() {
    const id = this.current;
    if (id === null) return;
    this.#keep({
      id,
      title: titleOf(this.draft),
      document: this.draft,
      changed: this.#clock(),
    });
  }

  /** @param {Kept} plan */
  #keep(plan) {
    const listed = this.#list.get(plan.id);
    this.#list.set(plan.id, { ...plan, document: null });
    this.#dirty.set(plan.id, plan);
    if (listed?.title !== plan.title || listed?.deleted !== plan.deleted) {
      this.#say("plans");
    }
    this.#save();
  }

  #save() {
    if (!this.#writing) this.#written = this.#writeAll();
  }

  async #writeAll() {
    this.#writing = true;
    this.#tell("saving");
    while (this.#dirty.size) {
      const plans = [...this.#dirty.values()];
      this.#dirty.clear();
      try {
        await this.#database.put(plans);
        await this.#keepSettings();
        this.#stopRetrying();
        if (!this.#dirty.size) this.#saved();
        this.#tabs.tell({ kind: "kept" });
      } catch (error) {
        for (const plan of plans) {
          if (!this.#dirty.has(plan.id)) this.#dirty.set(plan.id, plan);
        }
        this.#failed(this.#database.faultOf(error));
        break;
      }
    }
    this.#writing = false;
  }

  /** What waits for a write under way, where there is no time for that any more. */
  #writeWaiting() {
    if (this.#dirty.size) this.#database.put([...this.#dirty.values()]).catch(() => {});
  }

  #saved() {
    this.#tell("saved");
    const names = JSON.stringify(this.plans.map(({ id, title }) => [id, title]));
    if (names === this.#names) return;
    this.#names = names;
    this.#tabs.tell({ kind: "list" });
  }

  /**
   * Each key tries anew; besides, one clock does, however many keys have failed.
   *
   * @param {Fault} fault
   */
  #failed(fault) {
    this.#tell(fault);
    if (fault === "old" || this.#retrying !== undefined) return;
    this.#retrying = setTimeout(() => {
      this.#retrying = undefined;
      this.#save();
    }, this.#retry);
    this.#retry = Math.min(2 * this.#retry, LAST_RETRY);
  }

  #stopRetrying() {
    clearTimeout(this.#retrying);
    this.#retrying = undefined;
    this.#retry = FIRST_RETRY;
  }

  /** Ask once that the browser does not clear what it keeps for us. */
  #persist() {
    if (this.#asked) return;
    this.#asked = true;
    navigator.storage?.persist?.().catch(() => {});
  }

  #keepSteps() {
    keepSteps(this.current, this.draft, this.#history);
  }

  /** @param {"plans" | "draft" | "gone" | "kept" | "offer"} what */
  #say(what) {
    this.dispatchEvent(new Event(what));
  }

  /**
   * A fault stands until a write succeeds: an alert that goes and comes is read anew.
   *
   * @param {Saving} state
   */
  #tell(state) {
    if (state === "saved") this.#fault = null;
    else if (state !== "saving") this.#fault = state;
    const detail = this.#fault ?? state;
    this.#saving = detail;
    this.dispatchEvent(new CustomEvent("saving", { detail }));
  }
}

/** Make an id that no other plan has; `randomUUID` is not there over plain http. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Name the setting that tells whether the plans of a database were offered.
 *
 * @param {string} name
 */
function offerOf(name) {
  return `offer ${name}`;
}
