// A link that holds a whole plan in its fragment, which no server is ever sent.

import { tooDeep } from "./gate.mjs";

/** @typedef {import("../draft/address.mjs").Json} Json */

const MARK = "#p=";
const VERSION = 1;
const MOST_LINK = 2 ** 16; // characters of a fragment
const MOST_TEXT = 2 ** 20; // bytes of a plan, as planner/plan/document.py

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
 * The plan that a link's fragment holds, as text. One that is not whole is refused,
 * never read as another plan.
 *
 * @param {string} fragment
 * @returns {Promise<{ text: string }
 *   | { refused: "cut" | "large" | "newer" | "garbled" }>}
 */
export async function planIn(fragment) {
  if (fragment.length > MOST_LINK) return { refused: "large" };
  const [version, length, sum, packed, ...rest] = fragment
    .slice(MARK.length)
    .split(".");
  if (Number(version) > VERSION) return { refused: "newer" };
  if (version !== String(VERSION) || rest.length) return { refused: "garbled" };
  if (!packed) return { refused: "cut" };
  if (!/^\d{1,9}$/.test(length) || !/^[\w-]+$/.test(packed)) {
    return { refused: "garbled" };
  }
  if (Number(length) > MOST_TEXT) return { refused: "large" };
  try {
    const bytes = await inflated(bytesIn(packed), Number(length));
    if (bytes.length < Number(length)) return { refused: "cut" };
    if (checksum(bytes) !== sum) return { refused: "garbled" };
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    JSON.parse(text);
    return tooDeep(text) ? { refused: "garbled" } : { text };
  } catch {
    return { refused: "cut" };
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
 * What was deflated, no longer than was said: a bomb ends there.
 *
 * @param {Uint8Array<ArrayBuffer>} packed
 * @param {number} most
 */
async function inflated(packed, most) {
  const bytes = new Uint8Array(most);
  const reader = through(packed, new DecompressionStream("deflate-raw")).getReader();
  let at = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return bytes.subarray(0, at);
    if (at + value.length > most) {
      await reader.cancel();
      throw new RangeError("longer than the link says");
    }
    bytes.set(value, at);
    at += value.length;
  }
}

/** @param {Uint8Array} bytes */
function base64Of(bytes) {
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @param {string} text */
function bytesIn(text) {
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
