// A link that holds a whole plan in its fragment, which no server is ever sent.

import { excessOf, LIMITS } from "./gate.mjs";

/** @typedef {import("../draft/address.mjs").Json} Json */

const MARK = "#p=";
const VERSION = 1;
// What programs set behind a link that they find in a text, or add to it.
const BEHIND = /^(?:[&?][\w.~%&=+-]*|[\s\p{P}\p{S}])*$/u;

/**
 * The link: `#p=<version>.<length>.<checksum>.<deflated plan in base64url>`.
 *
 * @param {Json} document
 * @param {string} address of the page that opens it
 */
export async function linkOf(document, address) {
  const bytes = new TextEncoder().encode(JSON.stringify(document));
  const packed = await bytesOf(through(bytes, new CompressionStream("deflate-raw")));
  const text = base64Of(packed);
  return `${address}${MARK}${VERSION}.${bytes.length}.${checksum(bytes)}.${text}`;
}

/**
 * Whether a fragment is one that `linkOf` made, or was.
 *
 * @param {string} fragment
 */
export const isLink = (fragment) => fragment.startsWith(MARK);

/**
 * Whether the planner that is sent a link would open it.
 *
 * @param {string} link
 */
export function canBeOpened(link) {
  return link.length - link.indexOf(MARK) <= LIMITS.link;
}

/**
 * The plan that a link's fragment holds, as text. One that is not whole is refused,
 * never read as another plan.
 *
 * @param {string} fragment
 * @returns {Promise<{ text: string }
 *   | { refused: "cut" | "changed" | "lengthy" | "large" | "newer" | "garbled" }>}
 */
export async function planIn(fragment) {
  if (fragment.length > LIMITS.link) return { refused: "lengthy" };
  const [version, length, sum, ...rest] = fragment.slice(MARK.length).split(".");
  if (/^\d+$/.test(version) && Number(version) > VERSION) return { refused: "newer" };
  if (!/^\d*$/.test(version)) return { refused: "garbled" };
  const [, packed, behind] = /** @type {RegExpExecArray} */ (
    /^([\w-]*)(.*)$/s.exec(rest.join("."))
  );
  if (!packed && !behind) return { refused: "cut" };
  if (
    version !== String(VERSION) ||
    !/^\d{1,9}$/.test(length) ||
    !BEHIND.test(behind)
  ) {
    return { refused: "changed" };
  }
  if (Number(length) > LIMITS.bytes) return { refused: "large" };
  const { bytes, ends } = await inflated(packed, Number(length));
  if (bytes.length < Number(length)) return { refused: ends };
  if (checksum(bytes) !== sum) return { refused: "changed" };
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    JSON.parse(text);
    return excessOf(text) ? { refused: "garbled" } : { text };
  } catch {
    return { refused: "garbled" };
  }
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {CompressionStream | DecompressionStream} by
 */
function through(bytes, by) {
  return new Blob([bytes]).stream().pipeThrough(by);
}

/** @param {ReadableStream<Uint8Array<ArrayBuffer>>} stream */
async function bytesOf(stream) {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * What was deflated, no longer than was said: a bomb ends there. `ends` tells what is
 * wrong with the rest, where there should be more of it.
 *
 * @param {string} packed
 * @param {number} most
 * @returns {Promise<{ bytes: Uint8Array, ends: "cut" | "changed" }>}
 */
async function inflated(packed, most) {
  const bytes = new Uint8Array(most);
  const { readable, writable } = new DecompressionStream("deflate-raw");
  const writer = writable.getWriter();
  // It takes in all that there is of what ends too early, and complains at its end.
  const taken = writer.write(bytesIn(packed)).then(
    () => true,
    () => false,
  );
  writer.close().catch(() => {});
  const reader = readable.getReader();
  let at = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { bytes: bytes.subarray(0, at), ends: "changed" };
      if (at + value.length > most) throw new RangeError("longer than the link says");
      bytes.set(value, at);
      at += value.length;
    }
  } catch (error) {
    reader.cancel().catch(() => {});
    const early = !(error instanceof RangeError) && (await taken);
    return { bytes: new Uint8Array(), ends: early ? "cut" : "changed" };
  }
}

/** @param {Uint8Array} bytes */
function base64Of(bytes) {
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @param {string} text */
function bytesIn(text) {
  // One letter alone holds no byte: the rest of it is missing.
  if (text.length % 4 === 1) text = text.slice(0, -1);
  const letters = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}

/**
 * CRC-32 (ISO 3309) in hexadecimal.
 *
 * @param {Uint8Array} bytes
 */
function checksum(bytes) {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) {
      sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
    }
  }
  return (~sum >>> 0).toString(16).padStart(8, "0");
}
