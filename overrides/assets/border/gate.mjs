// What comes from outside is bounded here, before Python sees it.

/** @typedef {"large" | "deep" | "unreadable" | "kind"} Refusal */
/** @typedef {{ text: string } | { base64: string } | { refused: Refusal }} Read */

const MOST_BYTES = 2 ** 20; // 1 MiB, as planner/plan/document.py
const MOST_WORKBOOK = 5e6; // bytes, as planner/edits/workbooks.py
const MOST_DEEP = 32; // objects and lists in each other, as planner/plan/document.py
const MOST_NODES = 20_000;
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
    if (file.size > MOST_BYTES) return { refused: "large" };
    const text = await file.text();
    return tooDeep(text) ? { refused: "deep" } : { text };
  } catch {
    return { refused: "unreadable" };
  }
}

/**
 * Whether a pasted text is short enough to be read.
 *
 * @param {string} text
 */
export const fits = (text) => text.length <= MOST_BYTES;

/**
 * @param {File} file
 * @returns {Promise<Read>}
 */
async function workbook(file) {
  if (file.size > MOST_WORKBOOK) return { refused: "large" };
  const bytes = new Uint8Array(await file.arrayBuffer());
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return { base64: btoa(letters) };
}

/** @param {unknown} value */
const holds = (value) => value instanceof Object;

/**
 * Whether a text is JSON that no plan can be; what is no JSON is Python's to refuse.
 *
 * @param {string} text
 */
export function tooDeep(text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return false;
  }
  let level = [value].filter(holds);
  let nodes = 1;
  for (let deep = 1; level.length; deep += 1) {
    const members = level.flatMap((holder) => Object.values(holder));
    nodes += members.length;
    if (deep > MOST_DEEP || nodes > MOST_NODES) return true;
    level = members.filter(holds);
  }
  return false;
}
