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
    if (WORKBOOK.test(file.name)) return await bytes(file, LIMITS.workbook, "heavy");
    if (LIST.test(file.name)) return await bytes(file, LIMITS.bytes, "large");
    if (!PLAN.test(file.name)) return { refused: "kind" };
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
 * Whether a pasted text is a table: rows of cells, as spreadsheets copy them.
 *
 * @param {string} text
 */
export const isTable = (text) =>
  /[\t;,|]/.test(text) && /\S[\t ]*(\r\n|\r|\n)\s*\S/.test(text);

/**
 * @param {File} file
 * @param {number} most
 * @param {Refusal} refused what it is where it holds more
 * @returns {Promise<Read>}
 */
async function bytes(file, most, refused) {
  if (file.size > most) return { refused };
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
