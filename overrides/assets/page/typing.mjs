// Whose undo Ctrl-Z is: that of the field one types in, or the plan's.

/** @typedef {HTMLInputElement | HTMLTextAreaElement} TextField */

/** Knows what was typed in the field that has the focus, since it got it. */
export class Typing {
  /** @type {TextField | null} */
  #field = null;
  #before = "";
  #now = "";
  #typed = false;
  #undone = false;

  /** @param {EventTarget | null} target that the focus has come to */
  enter(target) {
    this.#field = isText(target) ? target : null;
    this.#before = this.#now = this.#field?.value ?? "";
    this.#typed = this.#undone = false;
  }

  /** @param {Event} event of input */
  note(event) {
    if (event.target !== this.#field) this.enter(event.target);
    if (!this.#field) return;
    this.#now = this.#field.value;
    this.#undone = /** @type {InputEvent} */ (event).inputType === "historyUndo";
    this.#typed = !this.#undone || this.#now !== this.#before;
  }

  /**
   * Whether the browser has something to undo in a field, or to do again; what a
   * script has written there since, it has not.
   *
   * @param {EventTarget | null} target
   * @param {boolean} again
   */
  holds(target, again) {
    if (!this.#field || target !== this.#field) return false;
    if (this.#field.value !== this.#now) return false;
    return again ? this.#undone : this.#typed;
  }
}

/**
 * @param {EventTarget | null} target
 * @returns {target is TextField}
 */
function isText(target) {
  return (
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && target.type === "text")
  );
}
