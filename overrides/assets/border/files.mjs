// Files and the clipboard: what the reader takes away.

/** @typedef {import("../python/engine.mjs").PlanFile} PlanFile */

const LATER = 60_000; // ms after which a saved file's address is let go

/**
 * Save a file where the browser keeps downloads.
 *
 * @param {PlanFile} file
 */
export function save(file) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blobOf(file));
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), LATER);
}

/** @param {PlanFile} file */
function blobOf({ type, text, base64 }) {
  if (base64 === undefined) return new Blob([text ?? ""], { type });
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return new Blob([bytes], { type });
}

/**
 * Copy a text that is still being made: the browser must be asked during the press.
 *
 * @param {Promise<string>} text
 * @returns {Promise<boolean>} whether it was copied
 */
export async function copy(text) {
  const blob = text.then((said) => new Blob([said], { type: "text/plain" }));
  blob.catch(() => {}); // there may be nobody to hear it
  try {
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    return true;
  } catch {
    return copyWhenMade(text);
  }
}

/**
 * For browsers that copy only what is there already.
 *
 * @param {Promise<string>} text
 */
async function copyWhenMade(text) {
  try {
    await navigator.clipboard.writeText(await text);
    return true;
  } catch {
    return false;
  }
}
