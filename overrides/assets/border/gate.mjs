// What comes from outside is bounded here, before Python sees it.

/** @typedef {"large" | "heavy" | "deep" | "much" | "unreadable" | "kind"} Refusal */
/** @typedef {{ text: string } | { base64: string } | { refused: Refusal }} Read */

/**
 * The table of planner/plan/limits.py, put here by the bundler: bytes of a plan or a
 * list and of a workbook, characters of a link, how deep a plan is, how many values.
 *
 * @type {{ bytes: number, workbook: number, link: number, deep: number, nodes: number }}
 */
export const LIMITS = /** @type {any} */ (globalThis).PARLEY_LIMITS;
const TEXTS = /\.(json|csv|tsv|txt)$/i;
const WORKBOOK = /\.xlsx$/i;

/**
 * What a file holds, no longer and no deeper than a plan can be. One that is too
 * big is not read at all.
 *
 * @param {File} file
 * @returns {Promise<Read>}
 */
export async function contentOf(file) {
  try {
    if (WORKBOOK.test(file.name)) return await workbook(file);
    if (!TEXTS.test(file.name)) return { refused: "kind" };
    if (file.size > LIMITS.bytes) return { refused: "large" };
    const text = await file.text();
    const refused = excessOf(text);
    return refused ? { refused } : { text };
  } catch {
    return { refused: "unreadable" };
  }
}

/**
 * Whether a pasted text is short enough to be read.
 *
 * @param {string} text
 */
export const fits = (text) => new Blob([text]).size <= LIMITS.bytes;

/**
 * @param {File} file
 * @returns {Promise<Read>}
 */
async function workbook(file) {
  if (file.size > LIMITS.workbook) return { refused: "heavy" };
  const bytes = new Uint8Array(await file.arrayBuffer());
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return { base64: btoa(letters) };
}

/** @param {unknown} value */
const holds = (value) => value instanceof Object;

/**
 * What of a JSON text is more than a plan can have; null for one that may be a plan, and
 * for what is no JSON, which is Python's to refuse.
 *
 * @param {string} text
 * @returns {"deep" | "much" | null}
 */
export function excessOf(text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  let level = [value].filter(holds);
  let nodes = 1;
  for (let deep = 1; level.length; deep += 1) {
    const members = level.flatMap((holder) => Object.values(holder));
    nodes += members.length;
    if (deep > LIMITS.deep) return "deep";
    if (nodes > LIMITS.nodes) return "much";
    level = members.filter(holds);
  }
  return null;
}
