// Asks Python: one worker, one question at a time, and a way back from every fault.

/** @typedef {import("../draft/address.mjs").Json} Json */

/**
 * @typedef {object} Answer
 * @property {Json} plan the draft, with typed numbers as numbers
 * @property {{ [panel: string]: string }} html
 * @property {{ [from: string]: string | null }} moved
 * @property {string | null} focus
 * @property {string} says
 * @property {string[]} warns
 * @property {boolean} refused
 * @property {boolean} reads whether a list is shown that is not taken yet
 * @property {string[]} still what was refused, in Python's words
 * @property {{ says: string, undo: string } | null} did
 * @property {PlanFile | null} file
 */

/**
 * @typedef {{ name: string, type: string, text?: string, base64?: string }} PlanFile
 */

/**
 * @typedef {object} Question
 * @property {number} id
 * @property {string} text
 * @property {Json} plan that it is about
 * @property {(answer: Answer) => void} resolve
 */

/** @typedef {"idle" | "downloading" | "starting" | "ready" | "failed"} State */

/**
 * @typedef {{ stage: "downloading", done: number, total: number }
 *   | { stage: "fetching" } | { stage: "ready" }
 *   | { stage: "starting", module: WebAssembly.Module, recalled: boolean }
 *   | { stage: "failed", reason: string }
 *   | { stage: "answer", id: number, text: string }
 *   | { stage: "portrayed", tried: boolean }} Message
 */

const STALLED = 15_000; // ms without a byte while fetching: then say so
// ms until Python is ready once all is fetched: a slow device tells nothing meanwhile,
// and would need as long again when it is asked to try again.
const STARTED = 60_000;
const UNANSWERED = 10_000; // ms for one answer; the worker is dead after that
const RESTARTS = 2; // in a row, before a reader has to press "Try again"
const IDLE = 5_000; // ms without a question: time to prepare the next visit
const PORTRAYED = 60_000; // ms for that
const ROOMY = 4; // GB of memory: a second Python fits; where it is not told, too

/** The worker's script, put here by the bundler: no start has to fetch it. @type {string} */
const WORKER = /** @type {any} */ (globalThis).PARLEY_WORKER;

/**
 * Starts Python when first needed and answers questions. A question asked while
 * it starts, or while it is broken, waits and is asked again. Tells `state`
 * events; `state`, `done` and `total` (bytes) say how far it is.
 */
export class Engine extends EventTarget {
  /** @type {State} */
  state = "idle";
  done = 0;
  total = 0;
  /** Why it failed, for the console and the checkup page. */
  reason = "";
  /** @type {Worker | null} */
  #worker = null;
  /** What the first worker compiled, for those after it. @type {WebAssembly.Module | null} */
  #module = null;
  /** @type {Question | null} */
  #question = null;
  #asked = 0;
  /** @type {Promise<unknown>} the last answer */
  #last = Promise.resolve();
  #restarts = 0;
  /** Whether Python began with an image, and whether one is not to be trusted. */
  #recalled = false;
  #afresh = false;
  #portrayed = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #watchdog;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #idle;

  /** Start Python, unless it has been. */
  start() {
    if (this.state === "idle") this.#start();
  }

  /** Start again after a failure. */
  retry() {
    if (this.state !== "failed") return;
    this.#restarts = 0;
    this.#start();
  }

  /**
   * Ask a question; it waits for the one before.
   *
   * @param {{ [key: string]: Json }} request
   * @returns {Promise<Answer>}
   */
  ask(request) {
    const answer = this.#last.then(() => this.#ask(request));
    this.#last = answer;
    return answer;
  }

  /**
   * @param {{ [key: string]: Json }} request
   * @returns {Promise<Answer>}
   */
  #ask(request) {
    const id = ++this.#asked;
    return new Promise((resolve) => {
      const text = JSON.stringify({ ...request, id });
      this.#question = { id, text, plan: request.plan ?? null, resolve };
      this.start();
      if (this.state === "ready") this.#send();
    });
  }

  #start() {
    this.#end();
    this.#recalled = false;
    this.#worker = worker();
    this.#worker.onmessage = ({ data }) => this.#hear(data);
    this.#worker.onerror = (event) => this.#fail(event.message || "worker error");
    this.#worker.onmessageerror = () => this.#fail("unreadable message");
    this.#worker.postMessage({ start: this.#module, afresh: this.#afresh });
    this.#tell("downloading");
    this.#watch(STALLED);
  }

  /** @param {Message} message */
  #hear(message) {
    if (message.stage === "answer") return this.#answered(message);
    if (message.stage === "failed") return this.#fail(message.reason);
    if (message.stage === "fetching") return this.#watch(STALLED);
    if (message.stage === "downloading") {
      this.done = message.done;
      this.total = message.total;
    }
    if (message.stage === "portrayed") return;
    if (message.stage === "starting") {
      this.#module = message.module;
      this.#recalled = message.recalled;
    }
    this.#tell(message.stage);
    // From an image it is quick, or the image is at fault.
    const slow = message.stage === "starting" && !message.recalled;
    this.#watch(slow ? STARTED : STALLED);
    if (message.stage === "ready") {
      clearTimeout(this.#watchdog);
      this.#send();
      this.#prepare();
    }
  }

  /** @param {{ id: number, text: string }} message */
  #answered({ id, text }) {
    if (id !== this.#question?.id) return;
    clearTimeout(this.#watchdog);
    this.#restarts = 0;
    const { plan, resolve } = this.#question;
    this.#question = null;
    /** @type {Answer} */
    const answer = JSON.parse(text);
    // What Python could not read at all it cannot give back: the draft stands.
    resolve({ ...answer, plan: answer.plan ?? plan });
    this.#prepare();
  }

  /** When nobody has asked for a while, prepare the next visit, once it can be kept. */
  #prepare() {
    clearTimeout(this.#idle);
    if (this.#recalled || this.#portrayed || !roomy()) return;
    this.#idle = setTimeout(() => {
      if (this.#question || !this.#module) return;
      this.#portrayed = true;
      portray(this.#module).then((tried) => {
        this.#portrayed = tried;
      });
    }, IDLE);
  }

  #send() {
    if (!this.#question) return;
    this.#worker?.postMessage({ id: this.#question.id, text: this.#question.text });
    this.#watch(UNANSWERED);
  }

  /** @param {number} patience */
  #watch(patience) {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => this.#fail("no sign of life"), patience);
  }

  /** @param {string} reason */
  #fail(reason) {
    this.reason = reason;
    console.error(`The planner stopped: ${reason}`);
    // One that had been ready is replaced, and one that an image led astray; one that
    // never started would fail again.
    const astray = this.state === "starting" && this.#recalled;
    this.#afresh = true;
    if (astray || (this.state === "ready" && this.#restarts++ < RESTARTS))
      return this.#start();
    this.#end();
    this.#tell("failed");
  }

  #end() {
    clearTimeout(this.#watchdog);
    this.#worker?.terminate();
    this.#worker = null;
  }

  /** @param {State} state */
  #tell(state) {
    this.state = state;
    this.dispatchEvent(new Event("state"));
  }
}

/** A worker of Python's; what it does, the first message says. */
function worker() {
  // One started from a blob: falls under the page's policy; one started from an
  // address does not.
  const home = JSON.stringify(new URL(".", import.meta.url).href);
  const script = `globalThis.PARLEY_HOME = ${home};${WORKER}`;
  const blob = new Blob([script], { type: "text/javascript" });
  return new Worker(URL.createObjectURL(blob), { type: "module", name: "parley" });
}

/**
 * Let a second Python keep its memory, from which the next visit starts.
 *
 * @param {WebAssembly.Module} module
 * @returns {Promise<boolean>} whether it tried: it does not while nothing is kept here
 */
function portray(module) {
  const second = worker();
  return new Promise((resolve) => {
    /** @param {boolean} tried */
    const end = (tried) => {
      clearTimeout(limit);
      second.terminate();
      resolve(tried);
    };
    const limit = setTimeout(() => end(true), PORTRAYED);
    second.onmessage = ({ data }) => {
      if (data.stage === "portrayed") end(data.tried);
    };
    second.postMessage({ portray: module });
  });
}

/** Whether a second Python does no harm here. */
function roomy() {
  const { deviceMemory } = /** @type {{ deviceMemory?: number }} */ (navigator);
  return (deviceMemory ?? ROOMY) >= ROOMY;
}
