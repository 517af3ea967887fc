// What comes from outside is bounded here, before Python sees it.

/** @typedef {"large" | "deep" | "unreadable" | "kind"} Refusal */
/** @typedef {{ text: string } | { base64: string } | { refused: Refusal }} Read */

const MOST_BYTES = 2 ** 20; // 1 MiB, as planner/plan/document.py
const MOST_WORKBOOK = 5e6; // bytes, as planner/edits/workbooks.py
const MOST_DEEP = 32; // objects and lists in each other, as planner/plan/document.py
const MOST_NODES = 20_000;
const PLAN = /\.json$/i;
const LIST = /\.(csv|tsv|tab|txt)$/i;
const WORKBOOK = /\.xls[xm]$/i;

/**
 * What a file holds, no longer and no deeper than a plan can be: a plan as text, a
 * list as its bytes, whose letters only Python can tell. One that is too big is not
 * read at all.
 *
 * @param {File} file
 * @returns {Promise<Read>}
 */
export async function contentOf(file) {
  try {
    if (WORKBOOK.test(file.name)) return await bytes(file, MOST_WORKBOOK);
    if (LIST.test(file.name)) return await bytes(file, MOST_BYTES);
    if (!PLAN.test(file.name)) return { refused: "kind" };
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
 * Whether a pasted text is a table: rows of cells, as spreadsheets copy them.
 *
 * @param {string} text
 */
export const isTable = (text) =>
  /[\t;,]/.test(text) && /\S[\t ]*(\r\n|\r|\n)\s*\S/.test(text);

/**
 * @param {File} file
 * @param {number} most
 * @returns {Promise<Read>}
 */
async function bytes(file, most) {
  if (file.size > most) return { refused: "large" };
  return { base64: await base64Of(file) };
}

/**
 * The bytes of a file in base64, by the browser's own hand: a loop would be slow.
 *
 * @param {File} file
 * @returns {Promise<string>}
 */
function base64Of(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ""));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
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
