// Python's HTML into the page: only what differs changes, and focus stays.

import { Idiomorph } from "idiomorph";
import { writeDates } from "./locale.mjs";

/** @typedef {import("../python/conversation.mjs").Typed} Typed */

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Field */

/** What each section was last given; nothing where it shows something else since. */
const given = /** @type {WeakMap<Element, string>} */ (new WeakMap());

/**
 * The reader has changed a section: even what it was given last must be put in anew.
 *
 * @param {Element} section
 */
export function touch(section) {
  given.delete(section);
}

/**
 * What a section is to show, or null where it was given that already.
 *
 * @param {HTMLElement} section
 * @param {string} html
 */
export function parsed(section, html) {
  if (given.get(section) === html) return null;
  const { body } = new DOMParser().parseFromString(html, "text/html");
  writeDates(body);
  // As the theme has written every link of the page.
  for (const link of body.querySelectorAll("a")) link.href = link.href;
  return body;
}

/**
 * Show in a section what was read of its HTML. Fields typed in since it was asked
 * keep what they hold; a press may change even the field that has the focus. What
 * the reader opened, and which tab or point they are at, stays; the steps of another
 * plan are not those that they opened.
 *
 * @param {HTMLElement} section
 * @param {HTMLElement} body
 * @param {string} html
 * @param {Typed} typed
 * @param {boolean} pressed
 * @param {boolean} another plan than was shown
 */
export function morph(section, body, html, typed, pressed, another) {
  // The field that the reader is in keeps what it holds, until they have left it. What
  // else has the focus, a row or a button, says what is so now.
  const held = document.activeElement?.matches("input, select, textarea") ?? false;
  let whole = pressed || !held || !section.contains(document.activeElement);
  /** @type {Set<Element>} made empty, to take what was elsewhere: nobody changed them */
  const made = new Set();
  const typedIn = fieldsOf(section).filter(changed);
  const same = (/** @type {Node} */ old, /** @type {Node} */ fresh) =>
    old.isEqualNode(fresh) && !typedIn.some((field) => old.contains(field));
  Idiomorph.morph(section, [...body.childNodes], {
    morphStyle: "innerHTML",
    ignoreActiveValue: held && !pressed,
    callbacks: {
      beforeNodeMorphed: (/** @type {Node} */ old, /** @type {Node} */ fresh) => {
        // Seeing that nothing differs is far quicker than morphing it.
        if (same(old, fresh)) return false;
        if (old instanceof HTMLElement && !old.hasAttributes()) made.add(old);
        if (another && old instanceof HTMLDetailsElement && old.name)
          old.open = /** @type {HTMLDetailsElement} */ (fresh).open;
        const keeps =
          old instanceof HTMLElement &&
          typed(old.dataset.at ?? old.getAttribute("name") ?? "");
        if (keeps) whole = false;
        return !keeps;
      },
      beforeAttributeUpdated: (
        /** @type {string} */ name,
        /** @type {Element} */ element,
      ) =>
        made.has(element) ||
        !KEPT.some(([attribute, kind]) => name === attribute && element.matches(kind)),
    },
  });
  if (whole) given.set(section, html);
  else touch(section);
}

/** Attributes that the reader has changed, and where. */
const KEPT = [
  ["open", "details"],
  ["role", "[data-tab]"],
  ["aria-controls", "[data-tab]"],
  ["aria-selected", "[data-tab]"],
  ["tabindex", "[data-tab]"],
  ["tabindex", ".parley-point"],
  ["data-near", ".parley-point"],
];

/** @param {Element} part */
export function fieldsOf(part) {
  const fields = part.querySelectorAll("input, select, textarea");
  return /** @type {Field[]} */ ([...fields]);
}

/**
 * Whether a field holds another answer than it was served with.
 *
 * @param {Field} field
 */
export function changed(field) {
  if (field instanceof HTMLInputElement && field.type === "radio")
    return field.checked !== field.defaultChecked;
  if (!(field instanceof HTMLSelectElement)) return field.value !== field.defaultValue;
  return [...field.options].some(
    (option) => option.selected !== option.defaultSelected,
  );
}
