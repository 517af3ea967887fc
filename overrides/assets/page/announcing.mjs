// What a screen reader is told of an answer: only what changed, once, after a pause.

const SETTLED = 1000; // ms of quiet before a changed conclusion is announced
const MOST = 3; // problems in one announcement; the list has them all
const SERVED = " "; // a conclusion that was read on the page as it was served

/** @typedef {{ says: string, warns: string[] }} Said a conclusion, and problems */

export class Announcing {
  /** @type {Said | null} */
  #said = null;
  /** The last conclusion that was heard. */
  #newest = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #saying;
  #say;

  /** @param {(words: string) => void} say puts them into the live region */
  constructor(say) {
    this.#say = say;
  }

  /** The reader changes something: even the first answer tells them what follows. */
  change() {
    this.#said ??= { says: SERVED, warns: [] };
    if (!this.#said.says) this.#said = { ...this.#said, says: SERVED };
  }

  /**
   * An answer has come; the first one is what the page shows anyway.
   *
   * @param {Said} answer without a conclusion where it could not be worked out, or is
   *   of parts of the page that tell none
   * @param {boolean} read whether the focus has gone to the list of problems
   * @param {boolean} outdated whether a newer answer is to come
   */
  hear({ says, warns }, read, outdated) {
    clearTimeout(this.#saying);
    if (says) this.#newest = says;
    this.#said ??= { says, warns };
    if (read) this.#said = { ...this.#said, warns };
    if (outdated) return;
    this.#saying = setTimeout(() => this.#announce(this.#newest, warns), SETTLED);
  }

  stop() {
    clearTimeout(this.#saying);
  }

  /**
   * @param {string} says
   * @param {string[]} warns
   */
  #announce(says, warns) {
    const known = this.#said ?? { says, warns };
    const changed = says && known.says && says !== known.says ? [says] : [];
    const fresh = warns.filter((warning) => !known.warns.includes(warning));
    this.#said = { says: says || known.says, warns };
    const words = [...changed, ...fresh.slice(0, MOST)];
    if (words.length) this.#say(words.join(" "));
  }
}
