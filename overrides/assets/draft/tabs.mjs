// Other tabs of this site: what was done in one is told to the others.

import { nameOf } from "./site.mjs";

/** @typedef {import("./address.mjs").Json} Json */

/**
 * "kept" tells that plans were written, whichever; "answered" what the reader said to
 * an offer, and under which setting it is kept.
 *
 * @typedef {{ kind: "typed", id: string, places: string[], value: Json }
 *   | { kind: "put", id: string, document: Json }
 *   | { kind: "removed", id: string } | { kind: "list" } | { kind: "kept" }
 *   | { kind: "answered", setting: string, answer: string }} News
 */

const CHANNEL = nameOf("tabs");
const VERSION = 1; // of the news; a tab that does not know them leaves them alone

/** Does nothing in a browser that has no channel between tabs, or denies it. */
export class Tabs {
  #channel = opened();

  /** @param {(news: News) => void} hear */
  constructor(hear) {
    this.#channel?.addEventListener("message", ({ data }) => {
      if (data?.version === VERSION) hear(data);
    });
  }

  /** @param {News} news */
  tell(news) {
    this.#channel?.postMessage({ ...news, version: VERSION });
  }
}

/** Firefox refuses a channel where the reader has forbidden the site to keep data. */
function opened() {
  try {
    return new BroadcastChannel(CHANNEL);
  } catch {
    return null;
  }
}
