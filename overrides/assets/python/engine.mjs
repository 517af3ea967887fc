// Asks Python: one worker, one question at a time, and a way back from every fault.

/** @typedef {import("../draft/address.mjs").Json} Json */

/**
 * What Python answers; `dropped` where it was no answer: the question stopped Python.
 *
 * @typedef {import("./protocol").Answer & { dropped?: boolean }} Answer
 */
/** @typedef {import("./protocol").Request} Request */

/**
 * @typedef {object} Question
 * @property {number} id
 * @property {string} text
 * @property {Json} plan that it is about
 * @property {(answer: Answer) => void} resolve
 * @property {number} stopped how many workers it has stopped
 */

/**
 * Why Python does not start: a fetch failed, the host gave something else than was
 * published, or it was all there and did not run.
 *
 * @typedef {"fetch" | "host" | "run"} Cause
 */

/** @typedef {"idle" | "downloading" | "starting" | "ready" | "failed"} State */

/**
 * @typedef {{ stage: "downloading", done: number, total: number }
 *   | { stage: "fetching" } | { stage: "working" } | { stage: "ready" }
 *   | { stage: "starting", module: WebAssembly.Module, recalled: boolean }
 *   | { stage: "failed", reason: string, cause: Cause }
 *   | { stage: "answer", id: number, text: string }
 *   | { stage: "portrayed", tried: boolean }} Message
 */

const STALLED = 15_000; // ms without a byte while fetching: then say so
// ms until Python is ready once all is fetched: a slow device tells nothing meanwhile,
// and would need as long again when it is asked to try again.
const STARTED = 60_000;
// ms without an answer or a sign of life from what is worked out: it is dead after that.
const UNANSWERED = 10_000;
const DEADLY = 2; // workers that a question may stop before it is dropped
const IDLE = 5_000; // ms without a question: time to prepare the next visit
const PORTRAYED = 60_000; // ms for that
const ROOMY = 4; // GB of memory: a second Python fits; where it is not told, too

/** What a question is given that is dropped: everything stays as it was. */
const NOTHING = {
  id: null,
  problems: [],
  html: {},
  moved: {},
  focus: null,
  says: "",
  warns: [],
  refused: true,
  reads: false,
  still: [],
  did: null,
  file: null,
  failed: {},
  dropped: true,
};

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
  /** @type {Cause} */
  cause = "run";
  /** @type {Worker | null} */
  #worker = null;
  /** What the first worker compiled, for those after it. @type {WebAssembly.Module | null} */
  #module = null;
  /** @type {Question | null} */
  #question = null;
  #asked = 0;
  /** @type {Promise<unknown>} the last answer */
  #last = Promise.resolve();
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
    if (this.state === "failed") this.#start();
  }

  /**
   * Ask a question; it waits for the one before.
   *
   * @param {Request} request
   * @returns {Promise<Answer>}
   */
  ask(request) {
    const answer = this.#last.then(() => this.#ask(request));
    this.#last = answer;
    return answer;
  }

  /**
   * @param {Request} request
   * @returns {Promise<Answer>}
   */
  #ask(request) {
    const id = ++this.#asked;
    return new Promise((resolve) => {
      const text = JSON.stringify({ ...request, id });
      const plan = request.plan ?? null;
      this.#question = { id, text, plan, resolve, stopped: 0 };
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
    if (message.stage === "failed") return this.#fail(message.reason, message.cause);
    if (message.stage === "working") return this.#watch(UNANSWERED);
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
    const { plan, resolve } = this.#question;
    this.#question = null;
    /** @type {Answer} */
    const answer = JSON.parse(text);
    for (const [panel, why] of Object.entries(answer.failed ?? {}))
      console.error(`The panel ${panel} could not be worked out: ${why}`);
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
    const fail = () =>
      this.#fail("no sign of life", this.state === "downloading" ? "fetch" : "run");
    this.#watchdog = setTimeout(fail, patience);
  }

  /**
   * @param {string} reason
   * @param {Cause} [cause]
   */
  #fail(reason, cause = "run") {
    this.reason = reason;
    this.cause = cause;
    console.error(`The planner stopped: ${reason}`);
    // One that had been ready is replaced, and one that an image led astray; one that
    // never started would fail again.
    const astray = this.state === "starting" && this.#recalled;
    const ran = this.state === "ready";
    this.#afresh = true;
    if (ran && this.#question && ++this.#question.stopped >= DEADLY) this.#drop();
    if (astray || ran) return this.#start();
    this.#end();
    this.#tell("failed");
  }

  /** Ask that question no more: it is not Python that fails, it is what is asked. */
  #drop() {
    const question = /** @type {Question} */ (this.#question);
    this.#question = null;
    question.resolve({ ...NOTHING, plan: question.plan });
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
