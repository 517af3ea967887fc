// Addresses: JSON Pointers into the draft, as the form fields are named.

/** @typedef {null | boolean | number | string | Json[] | { [key: string]: Json }} Json */

/**
 * The keys along an address, unescaped.
 *
 * @param {string} at
 */
const keysOf = (at) =>
  at
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));

/**
 * A copy of the document with another value at the address. Objects on the way
 * are made where there are none; the document given is not changed.
 *
 * @param {Json} document
 * @param {string} at
 * @param {Json} value
 * @returns {Json}
 */
export const replaced = (document, at, value) => place(document, keysOf(at), value);

/**
 * @param {Json | undefined} inside
 * @param {string[]} keys
 * @param {Json} value
 * @returns {Json}
 */
function place(inside, [key, ...rest], value) {
  if (key === undefined) return value;
  if (Array.isArray(inside)) {
    return inside.map((member, i) =>
      String(i) === key ? place(member, rest, value) : member,
    );
  }
  /** @type {{ [key: string]: Json }} */
  const copy = Object.assign(
    Object.create(null),
    inside instanceof Object ? inside : {},
  );
  copy[key] = place(copy[key], rest, value);
  return { ...copy };
}

/**
 * Where an answer stands after members have moved; null if it is gone.
 *
 * @param {string} at
 * @param {{ [from: string]: string | null }} moved old address → new one
 * @returns {string | null}
 */
export function moved(at, moved) {
  for (const [from, to] of Object.entries(moved)) {
    if (at !== from && !at.startsWith(`${from}/`)) continue;
    return to === null ? null : to + at.slice(from.length);
  }
  return at;
}
