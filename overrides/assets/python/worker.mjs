// Loads the runtime, checks it against the manifest, and calls planner.respond.

import {
  digestOf,
  discard,
  forget,
  HOME,
  keep,
  keptAt,
  mayKeep,
  recall,
} from "./kept.mjs";

/**
 * @typedef {object} Runtime the manifest, put here by the bundler
 * @property {string} folder
 * @property {{ info: object, packages: object }} lock
 * @property {{ [name: string]: { size: number, sha256: string } }} files
 */

/** @type {Runtime} */
const RUNTIME = /** @type {any} */ (globalThis).PARLEY_RUNTIME;
const FOLDER = new URL(RUNTIME.folder, HOME).href;
const WASM = "pyodide.asm.wasm";
const LIBRARY = "python.zip";
const IMAGE = `${FOLDER}image`; // a new runtime has another folder, so another image

const scope = /** @type {DedicatedWorkerGlobalScope} */ (
  /** @type {unknown} */ (globalThis)
);

// Pyodide gets another (see `serve`), maybe before a file of ours is asked for.
const network = scope.fetch.bind(scope);

/** @param {import("./engine.mjs").Message} message */
const tell = (message) => scope.postMessage(message);

/**
 * Where a start has got to, for the browser's own tools and for `make bench`.
 *
 * @param {"downloaded" | "compiled" | "recalled" | "interpreter" | "imports"} stage
 */
const mark = (stage) => performance.mark(`parley: ${stage}`);

/** A file of the runtime could not be had. */
class Unfetched extends Error {
  /**
   * @param {string} message
   * @param {"fetch" | "host"} cause whether the line failed, or the host has another
   */
  constructor(message, cause) {
    super(message);
    this.cause = cause;
  }
}

/** Fetches files and counts their bytes. */
class Download {
  /** Bytes of each file so far. @type {{ [name: string]: number }} */
  #arrived = {};
  #report;

  /** @param {(done: number, total: number) => void} report hears of every piece */
  constructor(report) {
    this.#report = report;
  }

  total = [WASM, LIBRARY].reduce((sum, name) => sum + RUNTIME.files[name].size, 0);

  /**
   * The bytes of a file, equal to those that were built.
   *
   * @param {string} name
   */
  bytes(name) {
    return this.#made(name, (response) => this.#checked(response, name));
  }

  /**
   * The compiled runtime. It is compiled while it comes in, from the answer itself:
   * only so does the browser keep what it compiled for the next visit.
   */
  async module() {
    const module = await this.#made(WASM, (response) => this.#compiled(response));
    mark("compiled");
    return module;
  }

  /** @param {Response} response */
  async #compiled(response) {
    const checked = this.#checked(response.clone(), WASM);
    const compiled = WebAssembly.compileStreaming(response);
    return (await Promise.all([compiled, checked]))[0];
  }

  /**
   * What is made of the copy that the service worker keeps; where that is spoilt or
   * not there, of the one that the network gives, past the browser's own if need be.
   * Looked up here: on a new visit the service worker would have to start first.
   *
   * @template T
   * @param {string} name
   * @param {(response: Response) => Promise<T>} make throws if it is not what was built
   */
  async #made(name, make) {
    const kept = await keptAt(FOLDER + name);
    try {
      return await make(kept ?? (await fetched(name)));
    } catch {
      this.#arrived[name] = 0;
      if (kept) await discard(FOLDER + name);
      return make(await fetched(name, "reload"));
    }
  }

  /**
   * @param {string} name
   * @param {number} bytes more of that file
   */
  #count(name, bytes) {
    this.#arrived[name] = (this.#arrived[name] ?? 0) + bytes;
    const done = Object.values(this.#arrived).reduce((sum, size) => sum + size, 0);
    this.#report(done, this.total);
    if (done === this.total) mark("downloaded");
  }

  /**
   * @param {Response} response
   * @param {string} name
   */
  async #checked(response, name) {
    if (!response.body) throw new Unfetched(`${name}: empty`, "host");
    const bytes = await this.#read(response.body, RUNTIME.files[name].size, name);
    if ((await digestOf(bytes)) === RUNTIME.files[name].sha256) return bytes;
    throw new Unfetched(`${name}: altered`, "host");
  }

  /**
   * @param {ReadableStream<Uint8Array>} body
   * @param {number} size
   * @param {string} name
   */
  async #read(body, size, name) {
    const bytes = new Uint8Array(size);
    const reader = body.getReader();
    let at = 0;
    for (;;) {
      const { done, value } = await reader.read().catch((error) => {
        throw new Unfetched(`${name}: ${error.message}`, "fetch");
      });
      if (done) break;
      if (at + value.length > size) throw new Unfetched(`${name}: too long`, "host");
      bytes.set(value, at);
      at += value.length;
      this.#count(name, value.length);
    }
    if (at < size) throw new Unfetched(`${name}: cut off`, "host");
    return bytes;
  }
}

/**
 * @param {string} name
 * @param {RequestCache} [cache]
 */
async function fetched(name, cache) {
  const response = await network(FOLDER + name, { cache }).catch((error) => {
    throw new Unfetched(`${name}: ${error.message}`, "fetch");
  });
  if (!response.ok) throw new Unfetched(`${name}: ${response.status}`, "host");
  return response;
}

/**
 * Hand Pyodide what was checked, whatever it fetches and compiles. It may ask before
 * all of it is there, and gets ready meanwhile.
 *
 * @param {Promise<[Uint8Array<ArrayBuffer>, WebAssembly.Module]>} checked
 */
function serve(checked) {
  const { instantiateStreaming } = WebAssembly;
  // Of what is spoilt we are told elsewhere; Pyodide waits, and is ended.
  const intact = checked.catch(
    () => /** @type {typeof checked} */ (new Promise(() => {})),
  );
  scope.fetch = async (input, options) => {
    const address = input instanceof Request ? input.url : String(input);
    if (address === FOLDER + LIBRARY) return new Response((await intact)[0]);
    // What comes of it is not looked at: it is compiled already.
    if (address === FOLDER + WASM) return new Response();
    return network(input, options);
  };
  WebAssembly.instantiateStreaming = async (_, imports) => {
    const [, module] = await intact;
    return { module, instance: await WebAssembly.instantiate(module, imports) };
  };
  return () => {
    scope.fetch = network;
    WebAssembly.instantiateStreaming = instantiateStreaming;
  };
}

/**
 * Pyodide with our library.
 *
 * @param {WebAssembly.Module | null} compiled by the worker before this one
 * @param {Promise<Uint8Array<ArrayBuffer> | null>} image the memory to begin with
 * @param {boolean} [portrayed] whether its own memory is going to be kept
 */
async function run(compiled, image, portrayed = false) {
  const download = new Download((done, total) =>
    tell({ stage: "downloading", done, total }),
  );
  const checked = Promise.all([download.bytes(LIBRARY), compiled ?? download.module()]);
  // Where a file is not what it should be, Pyodide would wait for it forever.
  const spoilt = checked.then(() => new Promise(() => {}));
  const [{ loadPyodide }, , memory] = await Promise.race([
    Promise.all([
      import(`${FOLDER}pyodide.mjs`),
      import(`${FOLDER}pyodide.asm.js`),
      image,
    ]),
    spoilt,
  ]);
  if (memory) mark("recalled");
  const stopServing = serve(checked);
  checked.then(
    ([, module]) => tell({ stage: "starting", module, recalled: memory !== null }),
    () => {}, // told by whoever waits for Python
  );
  const python = await Promise.race([
    loadPyodide({
      indexURL: FOLDER,
      stdLibURL: FOLDER + LIBRARY,
      lockFileContents: RUNTIME.lock,
      packageBaseUrl: FOLDER,
      enableRunUntilComplete: false,
      ...(portrayed && { _makeSnapshot: true }),
      ...(memory && { _loadSnapshot: memory }),
    }),
    spoilt,
  ]);
  mark("interpreter");
  stopServing();
  // Else one that was recalled would draw the same numbers on every visit.
  if (memory) python.pyimport("random").seed();
  return python;
}

/**
 * The planner, recalled from an image where there is one.
 *
 * @param {WebAssembly.Module | null} compiled
 * @param {boolean} afresh an image has failed: forget it
 */
async function start(compiled, afresh) {
  if (afresh) await forget();
  const python = await run(compiled, recall(IMAGE));
  const { respond, extend } = python.pyimport("planner.respond");
  mark("imports");
  return { files: python.FS, respond, extend };
}

/**
 * Keep the memory of a planner that has answered about the worked example, and knows
 * of no plan besides: the next visit starts where this one ends.
 *
 * @param {WebAssembly.Module} compiled
 * @returns {Promise<boolean>} whether the device keeps anything yet
 */
async function portray(compiled) {
  if (!(await mayKeep())) return false;
  const python = await run(compiled, Promise.resolve(null), true);
  const planner = python.pyimport("planner.respond");
  planner.respond('{"id": 0}');
  planner.destroy();
  python.runPython("import gc; gc.collect()");
  await keep(IMAGE, python.makeMemorySnapshot());
  return true;
}

/**
 * Answer a question. A part of the planner that few need is fetched when the first
 * of them asks; where it cannot be, Python says so in the answer.
 *
 * @param {Awaited<ReturnType<typeof start>>} planner
 * @param {string} text
 * @returns {Promise<string>}
 */
async function answered({ files, respond, extend }, text) {
  const answer = respond(text);
  const needs = /^\{"needs": "([\w.]+)"\}$/.exec(answer)?.[1];
  if (!needs) return answer;
  try {
    const download = new Download(() => tell({ stage: "fetching" }));
    files.writeFile(`/lib/${needs}`, await download.bytes(needs));
    extend(`/lib/${needs}`);
    return respond(text);
  } catch {
    return respond(JSON.stringify({ ...JSON.parse(text), lacking: true }));
  }
}

/** @param {any} error */
const failed = (error) =>
  tell({
    stage: "failed",
    reason: String(error?.message ?? error),
    cause: error instanceof Unfetched ? error.cause : "run",
  });

/** @type {ReturnType<typeof start>} */
let started;

scope.onmessage = async ({ data }) => {
  if ("portray" in data) {
    const tried = await portray(data.portray).catch(() => true); // it goes without
    return tell({ stage: "portrayed", tried });
  }
  if ("start" in data) {
    started = start(data.start, data.afresh);
    started.then(() => tell({ stage: "ready" }), failed);
    return;
  }
  const { id, text } = data;
  try {
    tell({ stage: "answer", id, text: await answered(await started, text) });
  } catch (error) {
    failed(error); // else nobody would hear of it before they stop waiting
  }
};
