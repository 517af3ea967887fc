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
const STREAMED = {
  "pyodide.asm.wasm": "application/wasm",
  "python.zip": "application/zip",
};

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

  total = Object.keys(STREAMED).reduce(
    (sum, name) => sum + RUNTIME.files[name].size,
    0,
  );

  /**
   * The bytes of a file, equal to those that were built.
   *
   * @param {string} name
   */
  async bytes(name) {
    const response = await fetch(FOLDER + name);
    if (!response.ok || !response.body) throw new Error(`${name}: ${response.status}`);
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

/**
 * Hand Pyodide the bytes that were checked, whatever it fetches.
 *
 * @param {Map<string, Response>} checked
 */
function serve(checked) {
  const real = scope.fetch;
  scope.fetch = async (input, options) => {
    const address = input instanceof Request ? input.url : String(input);
    return checked.get(address)?.clone() ?? real(input, options);
  };
  return () => {
    scope.fetch = real;
  };
}

async function start() {
  const download = new Download((done, total) =>
    tell({ stage: "downloading", done, total }),
  );
  const loader = import(`${FOLDER}pyodide.mjs`);
  const script = import(`${FOLDER}pyodide.asm.js`);
  /** @type {Map<string, Response>} */
  const checked = new Map();
  const fetched = Object.entries(STREAMED).map(async ([name, type]) => {
    const bytes = await download.bytes(name);
    checked.set(
      FOLDER + name,
      new Response(bytes, { headers: { "content-type": type } }),
    );
  });
  await Promise.all([loader, script, ...fetched]);
  tell({ stage: "starting" });
  const stopServing = serve(checked);
  const { loadPyodide } = await loader;
  const python = await loadPyodide({
    indexURL: FOLDER,
    stdLibURL: `${FOLDER}python.zip`,
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

const started = start();

started.then(
  () => tell({ stage: "ready" }),
  (error) => tell({ stage: "failed", reason: String(error?.message ?? error) }),
);

scope.onmessage = async ({ data: { id, text } }) => {
  tell({ stage: "answer", id, text: await answered(await started, text) });
};
