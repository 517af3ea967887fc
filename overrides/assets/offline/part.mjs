// A part of the site as a device keeps it, every file equal to the one that was built.

import { PrecacheController } from "workbox-precaching/PrecacheController.js";
import { PrecacheRoute } from "workbox-precaching/PrecacheRoute.js";

/**
 * @typedef {object} Built a file of the manifest that runtime/bundle/offline.py writes
 * @property {string} url from the site's root
 * @property {number} size bytes
 * @property {string} integrity as an `integrity` attribute has it
 * @property {string | null} revision null where the address names the content
 */

const ABREAST = 4; // files that are fetched at the same time

/** One cache, and the files that belong in it. */
export class Part {
  /** @type {Map<string, Built>} by address */
  files;
  cacheName;
  #controller;

  /**
   * @param {string} cacheName
   * @param {Built[]} files
   * @param {import("workbox-core").WorkboxPlugin[]} plugins
   */
  constructor(cacheName, files, plugins) {
    this.cacheName = cacheName;
    this.files = new Map(
      files.map((file) => [new URL(file.url, location.href).href, file]),
    );
    this.#controller = new PrecacheController({ cacheName, plugins });
    this.#controller.addToCacheList(files);
  }

  /**
   * Answers from the cache, else from the network. What comes from there is kept; it
   * is an error where it is not what was built.
   */
  route() {
    // A static site gives the same page whatever stands behind the question mark.
    return new PrecacheRoute(this.#controller, { ignoreURLParametersMatching: [/./] });
  }

  /**
   * What is kept under an address.
   *
   * @param {string} address
   */
  match(address) {
    return this.#controller.matchPrecache(address);
  }

  /** Whether anything of this part is kept, be it of an older version. */
  async begun() {
    return (await this.#kept()).length > 0;
  }

  /** The addresses of files that are not kept yet. */
  async missing() {
    const kept = new Set(await this.#kept());
    const keys = this.#controller.getURLsToCacheKeys();
    return [...this.files.keys()].filter((url) => !kept.has(keys.get(url) ?? ""));
  }

  /** The keys in the cache, of all versions; asking does not make one. */
  async #kept() {
    if (!(await caches.has(this.cacheName))) return [];
    const cache = await caches.open(this.cacheName);
    return (await cache.keys()).map(({ url }) => url);
  }

  /**
   * Keep everything of this part, or throw.
   *
   * @param {ExtendableEvent} event
   * @param {(bytes: number) => Promise<void>} [tell] hears the size of each file that
   *   is kept; where it throws, no more of them are
   */
  async keep(event, tell = async () => {}) {
    await this.#carryOver(await this.missing());
    const waiting = (await this.missing()).values();
    const keepNext = async () => {
      for (const address of waiting) {
        await this.keepOne(address, event);
        await tell(this.files.get(address)?.size ?? 0);
      }
    };
    await Promise.all(Array.from({ length: ABREAST }, keepNext));
  }

  /**
   * @param {string} address of a file of this part
   * @param {ExtendableEvent} event
   */
  async keepOne(address, event) {
    if (this.files.get(address)?.revision) return this.#fetch(address, event, "reload");
    try {
      // An address that names its content may come from the browser's own cache.
      await this.#fetch(address, event, "default");
    } catch {
      // What lies there may be spoilt, or tell that the file is missing.
      await this.#fetch(address, event, "reload");
    }
  }

  /**
   * @param {string} address
   * @param {ExtendableEvent} event
   * @param {RequestCache} cache
   */
  async #fetch(address, event, cache) {
    const integrity = this.files.get(address)?.integrity;
    const cacheKey = this.#controller.getCacheKeyForURL(address);
    const request = new Request(address, { integrity, cache });
    const params = { cacheKey, integrity };
    await Promise.all(this.#controller.strategy.handleAll({ request, event, params }));
  }

  /**
   * Forget what belongs to other versions.
   *
   * @param {ExtendableEvent} event
   */
  tidy(event) {
    return this.#controller.activate(event);
  }

  /**
   * A new version may have the same bytes in another folder: copy, do not fetch.
   *
   * @param {string[]} addresses
   */
  async #carryOver(addresses) {
    const others = addresses.length ? await this.#kept() : [];
    if (!others.length) return; // opening a cache would make one
    const cache = await caches.open(this.cacheName);
    for (const url of others) {
      const same = addresses.find((address) => nameOf(address) === nameOf(url));
      const kept = same && (await cache.match(url));
      if (!kept || !(await isBuilt(kept, this.files.get(same)))) continue;
      // A response remembers its address. Scripts would look for others beside that one;
      // of WebAssembly the browser finds by it what it compiled before.
      await cache.put(same, isScript(url) ? await withoutAddress(kept) : kept);
    }
  }
}

/**
 * Whether a response holds the bytes that were built; it can still be read.
 *
 * @param {Response} response
 * @param {Built | undefined} file
 */
export async function isBuilt(response, file) {
  const bytes = await response.clone().arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return file?.integrity === `sha256-${btoa(String.fromCharCode(...digest))}`;
}

/** @param {string} address */
const isScript = (address) => /\.m?js$/.test(address);

/** @param {Response} response */
async function withoutAddress(response) {
  const headers = { "content-type": response.headers.get("content-type") ?? "" };
  return new Response(await response.blob(), { headers });
}

/** @param {string} address */
const nameOf = (address) => address.slice(address.lastIndexOf("/"));
