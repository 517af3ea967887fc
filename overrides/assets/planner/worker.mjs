// Loads the runtime, checks it against the manifest, and calls planner.respond.

/**
 * @typedef {object} Runtime the manifest, put here by the bundler
 * @property {string} folder
 * @property {{ info: object, packages: object }} lock
 * @property {{ [name: string]: { size: number, sha256: string } }} files
 */

/** @type {Runtime} */
const RUNTIME = /** @type {any} */ (globalThis).PARLEY_RUNTIME;
const FOLDER = new URL(RUNTIME.folder, import.meta.url).href;
const WASM = "pyodide.asm.wasm";
const LIBRARY = "python.zip";

const scope = /** @type {DedicatedWorkerGlobalScope} */ (
  /** @type {unknown} */ (globalThis)
);

/** @param {import("./engine.mjs").Message} message */
const tell = (message) => scope.postMessage(message);

/** Fetches files and counts their bytes. */
class Download {
  done = 0;
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
  async bytes(name) {
    return this.#checked(await found(name), name);
  }

  /**
   * The compiled runtime. It is compiled while it comes in, from the answer itself:
   * only so does the browser keep what it compiled for the next visit.
   */
  async module() {
    const response = await found(WASM);
    const checked = this.#checked(response.clone(), WASM);
    const [module] = await Promise.all([
      WebAssembly.compileStreaming(response),
      checked,
    ]);
    return module;
  }

  /**
   * @param {Response} response
   * @param {string} name
   */
  async #checked(response, name) {
    if (!response.body) throw new Error(`${name}: empty`);
    const bytes = await this.#read(response.body, RUNTIME.files[name].size, name);
    const digest = await crypto.subtle.digest("SHA-256", bytes);
    const found = [...new Uint8Array(digest)].map((b) =>
      b.toString(16).padStart(2, "0"),
    );
    if (found.join("") !== RUNTIME.files[name].sha256)
      throw new Error(`${name}: altered`);
    return bytes;
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
      const { done, value } = await reader.read();
      if (done) break;
      if (at + value.length > size) throw new Error(`${name}: too long`);
      bytes.set(value, at);
      at += value.length;
      this.done += value.length;
      this.#report(this.done, this.total);
    }
    if (at < size) throw new Error(`${name}: cut off`);
    return bytes;
  }
}

/** @param {string} name */
async function found(name) {
  const response = await fetch(FOLDER + name);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response;
}

/**
 * Hand Pyodide what was checked, whatever it fetches and compiles.
 *
 * @param {Uint8Array<ArrayBuffer>} library
 * @param {WebAssembly.Module} module
 */
function serve(library, module) {
  const { fetch } = scope;
  const { instantiateStreaming } = WebAssembly;
  scope.fetch = async (input, options) => {
    const address = input instanceof Request ? input.url : String(input);
    if (address === FOLDER + LIBRARY) return new Response(library);
    // What comes of it is not looked at: the module is there already.
    if (address === FOLDER + WASM) return new Response();
    return fetch(input, options);
  };
  WebAssembly.instantiateStreaming = async (_, imports) => ({
    module,
    instance: await WebAssembly.instantiate(module, imports),
  });
  return () => {
    scope.fetch = fetch;
    WebAssembly.instantiateStreaming = instantiateStreaming;
  };
}

/** @param {WebAssembly.Module | null} compiled by the worker before this one */
async function start(compiled) {
  const download = new Download((done, total) =>
    tell({ stage: "downloading", done, total }),
  );
  const [{ loadPyodide }, , library, module] = await Promise.all([
    import(`${FOLDER}pyodide.mjs`),
    import(`${FOLDER}pyodide.asm.js`),
    download.bytes(LIBRARY),
    compiled ?? download.module(),
  ]);
  tell({ stage: "starting", module });
  const stopServing = serve(library, module);
  const python = await loadPyodide({
    indexURL: FOLDER,
    stdLibURL: FOLDER + LIBRARY,
    lockFileContents: RUNTIME.lock,
    packageBaseUrl: FOLDER,
    enableRunUntilComplete: false,
  });
  stopServing();
  const { respond, extend } = python.pyimport("planner.respond");
  return { files: python.FS, respond, extend };
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

/** @type {ReturnType<typeof start>} */
let started;

scope.onmessage = async ({ data }) => {
  if ("start" in data) {
    started = start(data.start);
    started.then(
      () => tell({ stage: "ready" }),
      (error) => tell({ stage: "failed", reason: String(error?.message ?? error) }),
    );
    return;
  }
  const { id, text } = data;
  tell({ stage: "answer", id, text: await answered(await started, text) });
};
