// The page's side of the service worker: what it keeps, and when it is replaced.

/** @typedef {import("./service-worker.mjs").Name} Name */
/** @typedef {import("./service-worker.mjs").Question} Question */
/** @typedef {import("./service-worker.mjs").State} State */

/**
 * @typedef {"unknown" | "none" | "some" | "handbook" | "planner" | "whole"
 *   | "keeping" | "failed" | "removed"} Kept
 */

/** @typedef {"none" | "ready" | "saving" | "unsaved"} Renewal */

const ROOT = new URL("../../", import.meta.url); // bundled into assets/runtime/
const WORKER = new URL("service-worker.js", ROOT).href;
const DECLINED = `parley:${ROOT.pathname}:declined`;
const SILENT = 60_000; // ms without a file kept: the worker was stopped

/** @type {Name[]} */
const EVERYTHING = ["handbook", "runtime", "sheets"];

/**
 * Registers the service worker, asks it to keep parts of the site, and hears of new
 * versions. Tells `kept` events when `kept` or the counts have changed, and `renewal`
 * events when `renewal` has.
 */
export class Keeper extends EventTarget {
  /** @type {Kept} */
  kept = "unknown";
  /** @type {Renewal} */
  renewal = "none";
  /** Bytes, of the parts that are being kept. */
  done = 0;
  total = 0;
  /** Bytes that "Make available offline" would add. */
  left = 0;
  /** @type {ServiceWorkerRegistration | undefined} */
  #registration;
  /** Whether the worker has served this page, or serves it now. */
  #controlled = false;
  /** Whether it ran before this page came, perhaps past it as after a hard reload. */
  #ran = false;
  #anyway = false;
  #keeping = Promise.resolve();

  /** Begin, unless the reader has removed the offline copy before. */
  async start() {
    if (!mayServe()) return;
    // A site of the same origin may lie above this one and serve it so far.
    this.#controlled = navigator.serviceWorker.controller?.scriptURL === WORKER;
    navigator.serviceWorker.addEventListener("controllerchange", () =>
      this.#replaced(),
    );
    if (declined()) return this.#tell("none");
    if (!(await this.#register())) return;
    await this.#look();
    if (!saving()) await this.#keep(["handbook"]);
  }

  /** Keep everything, as the reader asked. */
  async keepAll() {
    decline(false);
    this.#count(0, this.left);
    this.#tell("keeping");
    navigator.storage?.persist?.().catch(() => {});
    if (!(await this.#register())) return this.#tell("failed");
    await this.#keep(EVERYTHING);
  }

  /** Keep what the planner was started with, so that it starts again. */
  async keepRuntime() {
    if (this.#registration?.active) await this.#keep(["runtime"]);
  }

  /** Keep nothing, now and on later visits. Drafts are no part of it. */
  async remove() {
    decline(true);
    const registration = this.#registration;
    this.#registration = undefined;
    await this.#ask(registration?.active, { ask: "remove" });
    await registration?.unregister();
    this.#tell("removed");
    // Until it is loaded again, the page would still be served by the worker.
    if (await nothingIsLost()) location.reload();
  }

  /** Ask the host whether there is a new version. */
  async lookForNewer() {
    await this.#registration?.update().catch(() => {});
  }

  /**
   * Change to the version that waits.
   *
   * @param {boolean} anyway also if something on this page would be lost
   */
  async renew(anyway) {
    this.#anyway = anyway;
    this.#renewal("saving");
    if (!anyway && !(await nothingIsLost())) return this.#renewal("unsaved");
    const waiting = this.#registration?.waiting;
    if (waiting) waiting.postMessage({ ask: "renew" });
    else await this.#reload();
  }

  /** Stay with this version for now. */
  later() {
    this.#renewal("none");
  }

  /**
   * Another worker serves this page now: the first one, or another version's, at a wish
   * from this tab or another.
   */
  async #replaced() {
    const first = !this.#controlled && !this.#ran;
    this.#controlled = true;
    if (!first) await this.#reload();
  }

  async #reload() {
    if (!this.#anyway && !(await nothingIsLost())) return this.#renewal("unsaved");
    // The reader has said so: the browser need not ask once more.
    if (this.#anyway) dispatchEvent(new Event("parley-anyway"));
    location.reload();
  }

  /** Whether there is a worker that keeps the site. */
  async #register() {
    try {
      const made = await navigator.serviceWorker.register(WORKER, { scope: ROOT.href });
      this.#registration = made;
      this.#ran ||= made.active?.state === "activated";
      this.#watch(made);
      await running(made);
      return true;
    } catch {
      // No network, no room, a host that serves no worker: the page works all the same.
      return false;
    }
  }

  /** @param {ServiceWorkerRegistration} registration */
  #watch(registration) {
    if (registration.waiting) this.#renewal("ready");
    registration.addEventListener("updatefound", () => {
      const coming = registration.installing;
      coming?.addEventListener("statechange", () => {
        const first = !registration.active;
        if (coming.state === "installed" && !first) this.#renewal("ready");
      });
    });
  }

  /**
   * One wish after the other, so that the counts are about one of them.
   *
   * @param {Name[]} names
   */
  #keep(names) {
    this.#keeping = this.#keeping.then(() => this.#keepNow(names));
    return this.#keeping;
  }

  /** @param {Name[]} names */
  async #keepNow(names) {
    if (declined()) return; // since, in another tab
    const before = await this.#look();
    if (!before || names.every((name) => missing(before, name) === 0)) return;
    this.#count(
      0,
      sum(["shell", ...names], (name) => missing(before, name)),
    );
    this.#tell("keeping");
    const after = await this.#ask(
      this.#registration?.active,
      { ask: "keep", parts: names },
      (bytes) => this.#count(this.done + bytes, this.total),
    );
    this.#show(after);
  }

  async #look() {
    const scripts = [...document.scripts].map(({ src }) => src).filter(Boolean);
    const state = await this.#ask(this.#registration?.active, {
      ask: "state",
      scripts,
    });
    this.#show(state);
    // The page is older than the worker: it was loaded before that took over.
    if (state && !state.fits && this.#controlled) this.#renewal("ready");
    return state;
  }

  /** @param {State | null} state null: the worker did not answer */
  #show(state) {
    if (!state) return this.#tell("failed");
    this.left = sum(EVERYTHING, (name) => missing(state, name));
    if (state.failed) return this.#tell("failed");
    /** @type {[Name, Kept][]} */
    const steps = [
      ["handbook", "handbook"],
      ["runtime", "planner"],
      ["sheets", "whole"],
    ];
    /** @type {Kept} */
    let kept = "some";
    for (const [name, reached] of steps) {
      if (missing(state, name)) break;
      kept = reached;
    }
    this.#tell(kept);
  }

  /**
   * What the worker says; null if it says nothing more.
   *
   * @param {ServiceWorker | null | undefined} worker
   * @param {Question} question
   * @param {(bytes: number) => void} [hear]
   * @returns {Promise<State | null>}
   */
  #ask(worker, question, hear = () => {}) {
    return new Promise((resolve) => {
      if (!worker) return resolve(null);
      const { port1, port2 } = new MessageChannel();
      let patience = setTimeout(() => resolve(null), SILENT);
      port1.onmessage = ({ data }) => {
        clearTimeout(patience);
        if (data.end) return resolve(data.end);
        patience = setTimeout(() => resolve(null), SILENT);
        hear(data.bytes);
      };
      worker.postMessage(question, [port2]);
    });
  }

  /**
   * @param {number} done
   * @param {number} total
   */
  #count(done, total) {
    this.done = done;
    this.total = total;
    this.dispatchEvent(new Event("kept"));
  }

  /** @param {Kept} kept */
  #tell(kept) {
    this.kept = kept;
    this.dispatchEvent(new Event("kept"));
  }

  /** @param {Renewal} renewal */
  #renewal(renewal) {
    this.renewal = renewal;
    this.dispatchEvent(new Event("renewal"));
  }
}

/** Whether the browser has workers that keep a site, and lets this one have its own. */
function mayServe() {
  try {
    return Boolean(navigator.serviceWorker);
  } catch {
    return false;
  }
}

/**
 * Settles when a worker runs; rejects if the first one could not be installed.
 *
 * @param {ServiceWorkerRegistration} registration
 */
function running(registration) {
  return new Promise((resolve, reject) => {
    if (registration.active) return resolve(true);
    const coming = registration.installing ?? registration.waiting;
    coming?.addEventListener("statechange", () => {
      if (coming.state === "activated") resolve(true);
      if (coming.state === "redundant") reject(new Error("not installed"));
    });
  });
}

/** Whether the page can be loaded again: everything typed is in the database. */
async function nothingIsLost() {
  /** @type {Promise<boolean>[]} */
  const answers = [];
  dispatchEvent(new CustomEvent("parley-leave", { detail: { answers } }));
  return (await Promise.all(answers)).every(Boolean);
}

/**
 * @param {State} state
 * @param {Name} name
 */
const missing = ({ parts }, name) => parts[name].total - parts[name].kept;

/**
 * @param {Name[]} names
 * @param {(name: Name) => number} size
 */
const sum = (names, size) => names.reduce((total, name) => total + size(name), 0);

/** Whether the reader has removed the offline copy, and not asked for it since. */
function declined() {
  try {
    return localStorage.getItem(DECLINED) !== null;
  } catch {
    return false;
  }
}

/** @param {boolean} really */
function decline(really) {
  try {
    if (really) localStorage.setItem(DECLINED, "");
    else localStorage.removeItem(DECLINED);
  } catch {
    // Without storage there is no worker to decline either.
  }
}

/** Whether the reader asked to save data: then nothing is fetched unasked. */
function saving() {
  return /** @type {any} */ (navigator).connection?.saveData === true;
}
