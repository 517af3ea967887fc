// What the device keeps for the next start: files of the runtime, which the service
// worker put there, and the memory of a Python that has started (docs/decisions/0010).

/** The folder that we are bundled into, assets/runtime/; the engine put it here. */
export const HOME = /** @type {string} */ (/** @type {any} */ (globalThis).PARLEY_HOME);
/** The script that digests where the browser does not; the bundler put it here. */
const DIGESTING = /** @type {string} */ (/** @type {any} */ (globalThis).PARLEY_DIGEST);
const SITE = new URL("../../", HOME).pathname;
const OWN = `parley:${SITE}:`; // as the service worker names its caches
const PAGE = 4096; // bytes; a page of zeros is not kept
const WORDS = PAGE / 8;
const DIGEST = "x-sha-256";

/**
 * The file that is kept under an address.
 *
 * @param {string} address
 * @returns {Promise<Response | undefined>}
 */
export async function keptAt(address) {
  return tried(() => caches.match(address), undefined);
}

/**
 * Keep that file no longer: it is not what it should be.
 *
 * @param {string} address
 */
export async function discard(address) {
  return tried(async () => {
    const ours = (await caches.keys()).filter((name) => name.startsWith(OWN));
    for (const name of ours) await (await caches.open(name)).delete(address);
  }, undefined);
}

/** Whether the device keeps the runtime: then it may keep its memory too. */
export async function mayKeep() {
  return tried(() => caches.has(`${OWN}runtime`), false);
}

/**
 * The memory that was kept under an address; null if there is none or it is not what
 * was kept.
 *
 * @param {string} address
 * @returns {Promise<Uint8Array<ArrayBuffer> | null>}
 */
export async function recall(address) {
  return tried(async () => {
    const kept = await keptAt(address);
    if (!kept) return null;
    const packed = await kept.arrayBuffer();
    if ((await digestOf(packed)) === kept.headers.get(DIGEST)) return unpacked(packed);
    await forget();
    return null;
  }, null);
}

/**
 * Keep a memory under an address, and none besides.
 *
 * @param {string} address
 * @param {Uint8Array<ArrayBuffer>} memory
 */
export async function keep(address, memory) {
  await forget();
  await tried(async () => {
    const packed = packedPages(memory);
    const headers = { [DIGEST]: await digestOf(packed) };
    const cache = await caches.open(`${OWN}image`);
    await cache.put(address, new Response(packed, { headers }));
  }, undefined);
  // The reader may have removed the copy meanwhile, in another tab.
  if (!(await mayKeep())) await forget();
}

/** Keep no memory. */
export async function forget() {
  return tried(() => caches.delete(`${OWN}image`), false);
}

/**
 * SHA-256, in hexadecimal.
 *
 * @param {Uint8Array<ArrayBuffer> | ArrayBuffer} bytes
 */
export async function digestOf(bytes) {
  const digest = crypto.subtle
    ? new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))
    : (await import(HOME + DIGESTING)).digest(new Uint8Array(bytes));
  const pairs = [...digest].map((byte) => byte.toString(16).padStart(2, "0"));
  return pairs.join("");
}

/**
 * What a browser answers that may keep nothing for us, or has no room.
 *
 * @template T
 * @param {() => Promise<T>} act
 * @param {T} otherwise
 */
async function tried(act, otherwise) {
  try {
    return await act();
  } catch {
    return otherwise;
  }
}

/**
 * The size, the count and numbers of the pages that are not all zeros, those pages.
 *
 * @param {Uint8Array<ArrayBuffer>} memory
 */
function packedPages(memory) {
  const pages = [];
  for (let page = 0; page * PAGE < memory.length; page++) {
    const words = Math.min(WORDS, Math.floor((memory.length - page * PAGE) / 8));
    const content = new BigUint64Array(memory.buffer, page * PAGE, words);
    if (words < WORDS || content.some(Boolean)) pages.push(page);
  }
  const head = 4 * (2 + pages.length);
  const packed = new Uint8Array(head + pages.length * PAGE);
  new Uint32Array(packed.buffer, 0, 2 + pages.length).set([
    memory.length,
    pages.length,
    ...pages,
  ]);
  for (const [n, page] of pages.entries()) {
    const content = memory.subarray(page * PAGE, (page + 1) * PAGE);
    packed.set(content, head + n * PAGE);
  }
  return packed;
}

/** @param {ArrayBuffer} packed */
function unpacked(packed) {
  const [size, count] = new Uint32Array(packed, 0, 2);
  const pages = new Uint32Array(packed, 8, count);
  const memory = new Uint8Array(size);
  let at = 4 * (2 + count);
  for (const page of pages) {
    const length = Math.min(PAGE, size - page * PAGE);
    memory.set(new Uint8Array(packed, at, length), page * PAGE);
    at += PAGE;
  }
  return memory;
}
