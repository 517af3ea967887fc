// SHA-256 where the browser has none for us: over plain http (`crypto.subtle`).

import { sha256 } from "@noble/hashes/sha2.js";

/**
 * Digest some bytes.
 *
 * @param {Uint8Array} bytes
 * @returns {Uint8Array}
 */
export const digest = (bytes) => sha256(bytes);
