// Python's HTML into the page: only what differs changes, and focus stays.

import { Idiomorph } from "idiomorph";
import { writeDates } from "./figures.mjs";

/** @typedef {import("./conversation.mjs").Typed} Typed */

/** What each section was last given. @type {WeakMap<HTMLElement, string>} */
const given = new WeakMap();

/**
 * Show HTML in a section. Fields typed in since it was asked keep what they hold;
 * a press may change even the field that has the focus. What the reader opened,
 * and which screen or point they are at, stays.
 *
 * @param {HTMLElement} section
 * @param {string} html
 * @param {Typed} typed
 * @param {boolean} pressed
 */
export function morph(section, html, typed, pressed) {
  if (given.get(section) === html) return;
  let whole = true;
  const { body } = new DOMParser().parseFromString(html, "text/html");
  writeDates(body);
  Idiomorph.morph(section, [...body.childNodes], {
    morphStyle: "innerHTML",
    ignoreActiveValue: !pressed,
    callbacks: {
      beforeNodeMorphed: (/** @type {Node} */ old) => {
        const keeps =
          old instanceof HTMLElement && typed(old.getAttribute("name") ?? "");
        if (keeps) whole = false;
        return !keeps;
      },
      beforeAttributeUpdated: (
        /** @type {string} */ name,
        /** @type {Element} */ element,
      ) =>
        !KEPT.some(([attribute, kind]) => name === attribute && element.matches(kind)),
    },
  });
  if (whole) given.set(section, html);
  else given.delete(section);
}

/** Attributes that the reader has changed, and where. */
const KEPT = [
  ["open", "details"],
  ["hidden", "[data-screen]"],
  ["tabindex", ".parley-point"],
];
