// Keeps the site for use without a network: docs/decisions/0009.

import { NavigationRoute } from "workbox-routing/NavigationRoute.js";
import { registerRoute } from "workbox-routing/registerRoute.js";
import { setCatchHandler } from "workbox-routing/setCatchHandler.js";
import { CacheFirst } from "workbox-strategies/CacheFirst.js";
import { isBuilt, Part } from "./part.mjs";

/** @typedef {import("./part.mjs").Built} Built */
/** @typedef {"shell" | "handbook" | "runtime" | "sheets"} Name */

/**
 * @typedef {{ ask: "state", scripts: string[] } | { ask: "keep", parts: Name[] }
 *   | { ask: "remove" } | { ask: "renew" }} Question
 */

/**
 * @typedef {object} State what an answer says
 * @property {{ [part in Name]: { kept: number, total: number } }} parts bytes
 * @property {boolean} fits whether the page's scripts are of this version
 * @property {boolean} failed whether something could not be kept
 */

/** @type {{ [part in Name]: Built[] }} */
const FILES = /** @type {any} */ (globalThis).PARLEY_FILES;

const worker = /** @type {ServiceWorkerGlobalScope} */ (
  /** @type {unknown} */ (globalThis)
);
// Several sites of one origin share its caches: each looks only at its own names.
const OWN = `parley:${new URL(worker.registration.scope).pathname}:`;
const SHELL = `${OWN}shell`;
const IMAGE = `${OWN}image`; // the planner keeps it: kept.mjs

/** @type {import("workbox-core").WorkboxPlugin} */
const careful = {
  // After "Remove offline copy" other tabs may still be served by this worker.
  cacheWillUpdate: async ({ event, response }) => {
    const removed = event?.type !== "install" && !(await caches.has(SHELL));
    return response.ok && !removed ? response : null;
  },
  // A file that is gone or altered tells that there is a newer version.
  fetchDidSucceed: async ({ response }) => {
    if (!response.ok) lookForNewer();
    return response;
  },
  fetchDidFail: async () => lookForNewer(),
};

/** @type {import("workbox-core").WorkboxPlugin} */
const built = {
  cacheWillUpdate: async ({ request, response }) =>
    (await isBuilt(response, fileAt(request.url))) ? response : null,
};

const parts = {
  shell: new Part(SHELL, FILES.shell, [careful]),
  handbook: new Part(`${OWN}handbook`, FILES.handbook, [careful]),
  runtime: new Part(`${OWN}runtime`, FILES.runtime, [careful]),
  sheets: new Part(`${OWN}sheets`, FILES.sheets, [careful]),
};
const ALL = Object.values(parts);

for (const part of [parts.shell, parts.handbook]) registerRoute(part.route());
// Large files are handed on while they come: the planner shows their progress, and
// compares them with its own manifest. They are kept only if they are what was built.
for (const part of [parts.runtime, parts.sheets]) {
  const { cacheName } = part;
  const strategy = new CacheFirst({ cacheName, plugins: [careful, built] });
  registerRoute(({ url }) => part.files.has(url.href), strategy);
}
registerRoute(new NavigationRoute(({ request }) => pageNotKept(request)));
setCatchHandler(async ({ request }) =>
  request.mode === "navigate" ? pageNotKept(request) : Response.error(),
);

worker.addEventListener("install", (event) => event.waitUntil(install(event)));
worker.addEventListener("activate", (event) => event.waitUntil(activate(event)));
worker.addEventListener("message", (event) => event.waitUntil(hear(event)));

/**
 * Keep the shell, the open pages, and whatever parts an older version kept: a reader
 * who could work offline can do so after every update.
 *
 * @param {ExtendableEvent} event
 */
async function install(event) {
  const begun = await Promise.all(ALL.map((part) => part.begun()));
  await parts.shell.keep(event);
  await keepOpenPages(event);
  for (const [at, part] of ALL.entries()) if (begun[at]) await part.keep(event);
}

/** @param {ExtendableEvent} event */
async function keepOpenPages(event) {
  const options = { type: /** @type {const} */ ("window"), includeUncontrolled: true };
  for (const { url } of await worker.clients.matchAll(options)) {
    const { origin, pathname } = new URL(url);
    const page = `${origin}${pathname.replace(/\/$/, "/index.html")}`;
    if (!parts.handbook.files.has(page)) continue;
    // It is kept for good measure; one that has changed since is no reason to fail.
    await parts.handbook.keepOne(page, event).catch(() => {});
  }
}

/** @param {ExtendableEvent} event */
async function activate(event) {
  await Promise.all(ALL.map((part) => part.tidy(event)));
  await forgetOldImages();
  await worker.clients.claim();
}

/** An image goes with the runtime that made it, whose folder it is kept under. */
async function forgetOldImages() {
  if (!(await caches.has(IMAGE))) return;
  const cache = await caches.open(IMAGE);
  const [runtime] = parts.runtime.files.keys();
  const folder = runtime.slice(0, runtime.lastIndexOf("/") + 1);
  for (const { url } of await cache.keys()) {
    if (!url.startsWith(folder)) await cache.delete(url);
  }
}

/** @param {ExtendableMessageEvent} event */
async function hear(event) {
  const question = /** @type {Question} */ (event.data);
  const [port] = event.ports;
  if (question.ask === "renew") return worker.skipWaiting();
  if (question.ask === "remove") {
    await removeAll();
    return port.postMessage({ end: await state([], false) });
  }
  if (question.ask === "state") {
    return port.postMessage({ end: await state(question.scripts, false) });
  }
  const failed = await keep(question.parts, event, port);
  port.postMessage({ end: await state([], failed) });
}

async function removeAll() {
  const names = [IMAGE, ...ALL.map(({ cacheName }) => cacheName)];
  await Promise.all(names.map((name) => caches.delete(name)));
}

/** One reader's wish after the other: two tabs fetch nothing twice. */
let queue = Promise.resolve(false);

/**
 * Keep parts whole; the port hears the bytes of each file. True if that failed.
 *
 * @param {Name[]} names
 * @param {ExtendableEvent} event
 * @param {MessagePort} port
 */
function keep(names, event, port) {
  /** @param {number} bytes */
  const tell = async (bytes) => {
    if (!(await caches.has(SHELL))) throw new Error("removed meanwhile");
    port.postMessage({ bytes });
  };
  queue = queue.then(async () => {
    try {
      await caches.open(SHELL);
      for (const name of /** @type {Name[]} */ (["shell", ...names])) {
        await parts[name].keep(event, tell);
      }
      return false;
    } catch {
      // A file that was being put away at that moment has made a cache anew.
      if (!(await caches.has(SHELL))) await removeAll();
      return true;
    }
  });
  return queue;
}

/**
 * @param {string[]} scripts of the page that asks
 * @param {boolean} failed
 * @returns {Promise<State>}
 */
async function state(scripts, failed) {
  const told = Object.entries(parts).map(async ([name, part]) => {
    const sizes = (/** @type {Iterable<string>} */ addresses) =>
      [...addresses].reduce((sum, at) => sum + (part.files.get(at)?.size ?? 0), 0);
    const total = sizes(part.files.keys());
    return [name, { total, kept: total - sizes(await part.missing()) }];
  });
  return {
    parts: Object.fromEntries(await Promise.all(told)),
    fits: scripts.every(fileAt),
    failed,
  };
}

/** @param {string} address */
function fileAt(address) {
  return ALL.map(({ files }) => files.get(address)).find(Boolean);
}

/**
 * A page that is not kept, or that is another one by now: the network's, else one
 * that says so.
 *
 * @param {Request} request
 */
async function pageNotKept(request) {
  try {
    return await fetch(request);
  } catch {
    // The host would lead from /page to /page/.
    const { origin, pathname, search } = new URL(request.url);
    const folder = `${origin}${pathname}/`;
    if (!fileAt(`${folder}index.html`)) return notKept();
    return Response.redirect(folder + search);
  }
}

async function notKept() {
  const address = new URL("offline.html", worker.registration.scope).href;
  const page = await parts.shell.match(address);
  if (!page) return Response.error();
  // It stands in for pages of any folder, so its links say where they start.
  const base = `<head><base href="${worker.registration.scope}">`;
  const html = (await page.text()).replace("<head>", base);
  const headers = { "content-type": "text/html; charset=utf-8" };
  return new Response(html, { status: 503, headers });
}

function lookForNewer() {
  worker.registration.update().catch(() => {});
}
