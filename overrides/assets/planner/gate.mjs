// What comes from outside is bounded here, before Python sees it.

const MOST_BYTES = 2 ** 20; // 1 MiB, as planner/document.py
const MOST_DEEP = 32;

/**
 * The text of a file, no longer and no deeper than a plan can be. What is over
 * the bounds comes back in a form that Python refuses with the right words.
 *
 * @param {Blob} file
 */
export async function textOf(file) {
  if (file.size > MOST_BYTES) return " ".repeat(MOST_BYTES + 1);
  const text = await file.text();
  try {
    return depth(JSON.parse(text)) > MOST_DEEP ? "" : text;
  } catch {
    return "";
  }
}

/** @param {unknown} value */
function depth(value) {
  let level = [value];
  let deep = 0;
  while (level.length && deep <= MOST_DEEP) {
    level = level.flatMap((v) => (v instanceof Object ? Object.values(v) : []));
    deep += 1;
  }
  return deep;
}
