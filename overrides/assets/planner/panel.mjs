// <parley-panel>: panels of the planner on a page, served already filled in.

import { Idiomorph } from "idiomorph";
import { Conversation } from "./conversation.mjs";
import { Engine } from "./engine.mjs";
import { textOf } from "./gate.mjs";
import { Store } from "./store.mjs";

/** @typedef {import("./engine.mjs").Answer} Answer */
/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Field */

// One of each for all pages: instant navigation keeps this module alive.
const store = new Store();
const engine = new Engine();
const conversation = new Conversation(store, engine);
const loaded = store.load();

const SETTLED = 1000; // ms of quiet before a changed conclusion is announced

/**
 * Shows one panel or several, sections with `data-panel`. Input goes to the
 * draft, the draft to Python, and Python's HTML is morphed into place; focus,
 * caret and opened details stay as they were.
 */
class ParleyPanel extends HTMLElement {
  /** @type {AbortController | undefined} */
  #connection;
  #joined = false;
  #said = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #saying;

  get panels() {
    return this.#sections().map((section) => section.dataset.panel ?? "");
  }

  get base() {
    return this.getAttribute("base") ?? "";
  }

  get start() {
    return JSON.parse(this.getAttribute("start") ?? "null");
  }

  /**
   * Ask Python directly, beside the draft: for tests and for support.
   *
   * @param {{ [key: string]: import("./address.mjs").Json }} request
   */
  ask(request) {
    return engine.ask(request);
  }

  connectedCallback() {
    this.#connection = new AbortController();
    const { signal } = this.#connection;
    this.addEventListener("input", (event) => this.#typed(event), { signal });
    this.addEventListener("change", (event) => this.#changed(event), { signal });
    this.addEventListener("focusout", () => conversation.settle(), { signal });
    this.addEventListener("click", (event) => this.#pressed(event), { signal });
    this.addEventListener("focusin", () => engine.start(), { signal });
    this.addEventListener("pointerenter", () => engine.start(), { signal });
    engine.addEventListener("state", () => this.#showState(), { signal });
    store.addEventListener("saving", (event) => this.#showSaving(event), { signal });
    this.#startWhenSeen(signal);
    this.#showState();
    loaded.then(() => {
      if (!signal.aborted) this.#join();
    });
  }

  disconnectedCallback() {
    this.#connection?.abort();
    this.#joined = false;
    clearTimeout(this.#saying);
    conversation.leave(this);
  }

  /**
   * Show an answer. Fields typed in since it was asked keep what they hold.
   *
   * @param {Answer} answer
   * @param {Set<string>} typed
   * @param {boolean} pressed
   */
  hear(answer, typed, pressed) {
    this.#wait(false);
    for (const section of this.#sections()) {
      const html = answer.html[section.dataset.panel ?? ""];
      if (html !== undefined) morph(section, html, typed, pressed);
    }
    for (const undo of this.querySelectorAll("[data-undo]")) {
      undo.toggleAttribute("hidden", !store.undoable);
    }
    if (pressed && answer.focus) this.#focus(answer.focus);
    else if (!this.#said) this.#focus(location.hash.slice(1));
    this.#announce(answer.says);
  }

  #sections() {
    const sections = /** @type {NodeListOf<HTMLElement>} */ (
      this.querySelectorAll("[data-panel]")
    );
    return [...sections];
  }

  /** The kept draft is known now: show it, or take what was typed before. */
  #join() {
    this.#joined = true;
    this.#wait(store.draft !== null);
    conversation.join(this);
    if (store.draft !== null) return;
    for (const field of this.querySelectorAll("input, select, textarea")) {
      if (changed(/** @type {Field} */ (field)))
        this.#type(/** @type {Field} */ (field));
    }
    this.#focus(location.hash.slice(1));
  }

  /**
   * Until the reader's own plan is there, nothing can be typed into the example.
   *
   * @param {boolean} waits
   */
  #wait(waits) {
    this.toggleAttribute("loading", waits);
    for (const section of this.#sections()) section.inert = waits;
  }

  /** @param {Event} event */
  #typed(event) {
    const field = /** @type {Field} */ (event.target);
    if (field.name && this.#joined) this.#type(field);
  }

  /** @param {Field} field */
  #type(field) {
    const quoted = JSON.parse(field.dataset.quotedAt ?? "[]");
    conversation.type([field.name, ...quoted], field.value, this.start);
  }

  /** @param {Event} event */
  async #changed(event) {
    const field = /** @type {HTMLInputElement} */ (event.target);
    if (!("open" in field.dataset) || !field.files?.length) return;
    const [file] = field.files;
    conversation.press({ open: await textOf(file) });
    field.value = "";
  }

  /** @param {Event} event */
  #pressed(event) {
    const target = /** @type {Element} */ (event.target);
    const press = /** @type {HTMLElement | null} */ (target.closest("button, a"));
    if (!press) return;
    if (press.dataset.do) conversation.press(JSON.parse(press.dataset.do));
    if ("undo" in press.dataset) conversation.undo();
    if ("retry" in press.dataset) engine.retry();
    if (press.dataset.download) download(press.dataset.download);
    const inPage = press.getAttribute("href")?.startsWith("#");
    if (inPage && this.#focus(press.getAttribute("href")?.slice(1) ?? "")) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  /**
   * Go to the field with that id, opening what hides it.
   *
   * @param {string} id
   */
  #focus(id) {
    const field = id ? this.querySelector(`#${CSS.escape(id)}`) : null;
    if (!(field instanceof HTMLElement)) return false;
    for (let hides = field.closest("details:not([open])"); hides;) {
      hides.setAttribute("open", "");
      hides = field.closest("details:not([open])");
    }
    (field.tagName === "DETAILS" ? field.querySelector("summary") : field)?.focus();
    field.scrollIntoView({ block: "center" });
    return true;
  }

  /** @param {AbortSignal} signal */
  #startWhenSeen(signal) {
    const seen = new IntersectionObserver(([{ isIntersecting }]) => {
      if (!isIntersecting || saving()) return;
      seen.disconnect();
      const idle = globalThis.requestIdleCallback ?? setTimeout;
      idle(() => signal.aborted || engine.start());
    });
    seen.observe(this);
    signal.addEventListener("abort", () => seen.disconnect());
  }

  #showState() {
    const megabytes = (/** @type {number} */ bytes) => (bytes / 1e6).toFixed(1);
    for (const part of this.querySelectorAll("[data-when]")) {
      const when = part.getAttribute("data-when")?.split(" ") ?? [];
      part.toggleAttribute("hidden", !when.includes(engine.state));
    }
    for (const bar of this.querySelectorAll("progress")) {
      bar.max = engine.total || 1;
      bar.value = engine.done;
    }
    this.#fill("[data-done]", megabytes(engine.done));
    this.#fill("[data-total]", megabytes(engine.total));
    this.toggleAttribute("ready", engine.state === "ready");
  }

  /** @param {Event} event */
  #showSaving(event) {
    const { detail } = /** @type {CustomEvent<string>} */ (event);
    for (const part of this.querySelectorAll("[data-saving]")) {
      part.toggleAttribute("hidden", part.getAttribute("data-saving") !== detail);
    }
    const time = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
    if (detail === "saved") this.#fill("[data-time]", time.format());
  }

  /**
   * @param {string} where
   * @param {string} text
   */
  #fill(where, text) {
    for (const part of this.querySelectorAll(where)) part.textContent = text;
  }

  /**
   * Announce a changed conclusion once, when the reader has paused.
   *
   * @param {string} says
   */
  #announce(says) {
    clearTimeout(this.#saying);
    const first = !this.#said;
    if (says === this.#said || first) {
      this.#said = says;
      return;
    }
    this.#saying = setTimeout(() => {
      this.#said = says;
      this.#fill("[data-conclusion]", says);
    }, SETTLED);
  }
}

/**
 * @param {HTMLElement} section
 * @param {string} html
 * @param {Set<string>} typed fields that keep what they hold
 * @param {boolean} pressed a press may change even the field that has the focus
 */
function morph(section, html, typed, pressed) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  Idiomorph.morph(section, [...body.childNodes], {
    morphStyle: "innerHTML",
    ignoreActiveValue: !pressed,
    callbacks: {
      beforeNodeMorphed: (/** @type {Node} */ old) =>
        !(old instanceof HTMLElement && typed.has(old.getAttribute("name") ?? "")),
      beforeAttributeUpdated: (
        /** @type {string} */ name,
        /** @type {Element} */ element,
      ) => !(name === "open" && element.tagName === "DETAILS"),
    },
  });
}

/**
 * Whether a field holds another answer than it was served with.
 *
 * @param {Field} field
 */
function changed(field) {
  if (!field.name) return false;
  if (!(field instanceof HTMLSelectElement)) return field.value !== field.defaultValue;
  return [...field.options].some(
    (option) => option.selected !== option.defaultSelected,
  );
}

/** Whether the reader asked to save data: then nothing is fetched unasked. */
function saving() {
  return /** @type {any} */ (navigator).connection?.saveData === true;
}

/** @param {string} name */
function download(name) {
  const text = JSON.stringify(store.draft, null, 2);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href));
}

if (!customElements.get("parley-panel")) {
  customElements.define("parley-panel", ParleyPanel);
}
