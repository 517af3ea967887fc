// <parley-panel>: panels of the planner on a page, served already filled in.

import { Announcing } from "./announcing.mjs";
import { Conversation } from "../python/conversation.mjs";
import { takeDrops, takePastes } from "./dropping.mjs";
import { Engine } from "../python/engine.mjs";
import { sayAgo, writeDates } from "./locale.mjs";
import { copy, save } from "../border/files.mjs";
import { contentOf, fits, isTable } from "../border/gate.mjs";
import { useGrid } from "./grid.mjs";
import { closeMenus } from "./menus.mjs";
import { changed, fieldsOf, morph, parsed, touch } from "./morph.mjs";
import { goToPart, isClosed, markTabs, showPartOf, showParts } from "./parts.mjs";
import { showAgain, walkPoints } from "./points.mjs";
import { awaitSent, nameSent } from "./sent.mjs";
import { idOf, openRows, useSheet } from "./sheet.mjs";
import { canBeOpened, isLink, linkOf, planIn } from "../border/share.mjs";
import { moved } from "../draft/address.mjs";
import { titleOf } from "../draft/plans.mjs";
import { Store } from "../draft/store.mjs";
import { recallVisited } from "../draft/visited.mjs";
import { Typing } from "./typing.mjs";

/** @typedef {import("../draft/address.mjs").Json} Json */
/** @typedef {import("../python/conversation.mjs").Typed} Typed */
/** @typedef {import("../python/engine.mjs").Answer} Answer */
/** @typedef {import("../python/protocol").FileName} FileName */
/** @typedef {import("../python/protocol").PressName} PressName */
/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Field */

// One of each for all pages: instant navigation keeps this module alive.
const store = new Store();
const engine = new Engine();
const conversation = new Conversation(store, engine);
const loaded = store.load();

const BREATH = 8; // ms of work after which the reader's own events come first
const PLAN_FILE = "plan.json"; // the one file that the plan can be opened from
const LOOKED_AT = ["whose", "problems", "tabs"]; // panels of use beside a visited plan
const PRINTED = "brief"; // printed whichever part of the page is open
// Answers in a list, or about what stands in one.
const LISTED = /\/\d+(\/|$)|^\/composing\//;
const NAMES = /^\/issues\/\d+\/name$/;
const READ = "read"; // what a setting says of a note that the reader has put away
const BUSY = 1000; // ms a device may have other things to do before Python starts
const LONG = 2000; // characters of a link that some programs cut
const GREETING = ":is([data-asking], [data-returning])[hidden]"; // one of the two
const STAYS = 10_000; // ms for which it is told what was done, where that can wait

/**
 * What a press does with the plans that are kept, by its name in the protocol.
 *
 * @type {{ [name: string]: (value: Json, title: string) => unknown }}
 */
const PLANS = {
  keep: () => {
    conversation.keep();
    return true;
  },
  leave: () => conversation.leaveVisited(),
  aside: () => setAside(),
  open: (id) => store.open(String(id)),
  create: (document) => store.draft === null && begin(document),
  another: (document) => begin(document),
  duplicate: (id, title) => store.duplicate(String(id), title),
  remove: (id) => store.remove(String(id)).then(() => true),
  restore: () => store.restore(),
  revert: () => store.revert(),
  import: () => store.copyOffered(),
  decline: () => store.declineOffer(),
};

/**
 * What is told of a press that has done something.
 *
 * @type {{ [name: string]: string }}
 */
const TOLD = { keep: "kept", remove: "removed", import: "imported" };

/**
 * Shows one panel or several, sections with `data-panel`. Input goes to the
 * draft, the draft to Python, and Python's HTML is morphed into place; focus,
 * caret and opened details stay as they were.
 */
class ParleyPanel extends HTMLElement {
  /** @type {AbortController | undefined} */
  #connection;
  #joined = false;
  #typing = new Typing();
  /** @type {EventTarget | null} what had the focus before it came to what was told */
  #from = null;
  #announcing = new Announcing((words) => this.#fill("[data-conclusion]", words));
  #arrived = false;
  /** What the address named when it was followed: the theme soon rewrites it. */
  #bound = "";
  #sought = "";
  /** @type {Set<HTMLElement>} sections that show the last plan until theirs comes */
  #late = new Set();
  /** @type {Element | null} where the reader was when they pressed, or was taken since */
  #held = null;
  /** @type {import("./sheet.mjs").Place | null} in a row that they move, by its address */
  #carried = null;
  /** Whether the reader has pressed an option and has not heard what the offer is worth. */
  #composes = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #leaving;
  /** @type {Set<string>} the answers that the reader has typed on this page */
  #own = new Set();
  /** @type {Set<string>} panels in closed parts that show what was, not what is */
  #behind = new Set();

  /**
   * What a press does, by the attribute that asks for it.
   *
   * @type {Record<PressName | "do" | "plan", (value: string, press: HTMLElement) => void>}
   */
  #does = {
    do: (value) => this.#press(dated(JSON.parse(value))),
    plan: (value) => this.#plan(JSON.parse(value)),
    fill: (value, press) => this.#typeBeside(press, value),
    give: (value) => this.#give(/** @type {FileName} */ (value)),
    copy: (value) => this.#copy(/** @type {FileName} */ (value)),
    share: (value) => this.#share(value),
    undo: () => conversation.undo(),
    redo: () => conversation.redo(),
    later: () => this.#later(),
    unread: () => conversation.leaveList(),
    close: () => this.#tell(""),
    collapse: () => this.#collapse(),
    understood: () => this.#putAway(),
    retry: () => engine.retry(),
    print: () => print(),
    untry: () => conversation.untry(),
  };

  get panels() {
    return this.#sections().map((section) => section.dataset.panel ?? "");
  }

  /** The panels that the reader can see, or print, without opening another part. */
  get shown() {
    return this.panels.filter((_, i) => this.#isShown(this.#sections()[i]));
  }

  get base() {
    return this.getAttribute("base") ?? "";
  }

  get start() {
    return JSON.parse(this.getAttribute("start") ?? "null");
  }

  get plays() {
    return this.hasAttribute("plays");
  }

  /** The long rows that stand open, and the field that a link leads to. */
  get open() {
    const rows = this.querySelectorAll("details[data-fold][open]");
    return [...[...rows].map(({ id }) => id), this.#sought].filter(Boolean);
  }

  /**
   * Ask Python directly, beside the draft: for tests and for support.
   *
   * @param {{ [key: string]: Json }} request
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
    this.addEventListener("focusin", (event) => this.#entered(event), { signal });
    this.addEventListener("pointerenter", () => engine.start(), { signal });
    this.addEventListener("toggle", (event) => this.#toggled(event), {
      signal,
      capture: true,
    });
    document.addEventListener("keydown", (event) => this.#key(event), { signal });
    // The address as it is followed: the theme soon writes the nearest heading into it.
    const came = location.hash;
    this.#bound = came.slice(1);
    awaitSent(this.#isSent(came));
    const follow = (/** @type {HashChangeEvent} */ { newURL }) =>
      this.#visit(new URL(newURL).hash);
    addEventListener("hashchange", follow, { signal });
    engine.addEventListener("state", () => this.#showState(), { signal });
    store.addEventListener("saving", () => this.#showSaving(), { signal });
    store.addEventListener("gone", () => this.#tell("gone"), { signal });
    store.addEventListener("draft", () => this.#tell(""), { signal });
    store.addEventListener("offer", () => this.#announceOffer(), { signal });
    const takes = () => !conversation.visiting;
    takeDrops(this, signal, takes, (file) => this.#open(file));
    takePastes(signal, takes, (text) => this.#preview({ name: "", text }));
    useGrid(this, signal, (at, text) => this.#paste(at, text));
    useSheet(this, signal, (command, place) => this.#press(command, place));
    walkPoints(this, signal);
    closeMenus(this, signal);
    showParts(this, signal, (part) => this.#opened(part));
    writeDates(this);
    this.#startWhenSeen(signal);
    this.#showState();
    this.#showSaving();
    loaded.then(() => {
      if (signal.aborted) return;
      this.#showSaving();
      this.#toggle("[data-plain]", isSecureContext || store.settings.plain === READ);
      this.#join(came);
    });
  }

  disconnectedCallback() {
    this.#connection?.abort();
    awaitSent(false);
    clearTimeout(this.#leaving);
    this.#joined = false;
    this.#announcing.stop();
    conversation.leave(this);
  }

  /**
   * Show an answer. Fields typed in since it was asked keep what they hold.
   *
   * @param {Answer} answer
   * @param {Typed} typed
   * @param {boolean} pressed
   * @param {boolean} anew whether the draft is another one: the field with the focus
   *   is shown anew as well
   */
  async hear(answer, typed, pressed, anew) {
    if (answer.dropped) return this.#hearNothing();
    const held = document.activeElement;
    const home = homeOf(held);
    const leaveOpen = openRows(this);
    const fresh = answer.moved[""] === null; // another plan altogether
    // In one go, so that nothing is pressed or typed in between: in place of the example,
    // and where rows moved, as what stands there has the address of another row.
    const rows = !fresh && Object.keys(answer.moved).length > 0;
    const atOnce = rows || this.hasAttribute("loading");
    const breathe = atOnce ? async () => {} : breathing();
    for (const section of this.#sections()) {
      const name = section.dataset.panel ?? "";
      const html = answer.html[name];
      // What is still to come of another plan is not typed in as it was of the last.
      if (html !== undefined) this.#late.delete(section);
      else if (fresh) this.#late.add(section);
      if (html === undefined) {
        if (!this.#isShown(section)) this.#behind.add(name);
        continue;
      }
      this.#behind.delete(name);
      await breathe();
      const body = parsed(section, html);
      if (body === null) continue;
      await breathe();
      const another = fresh || (anew && !section.contains(document.activeElement));
      morph(section, body, html, typed, pressed || anew, another);
      showAgain(section);
    }
    leaveOpen(answer.moved);
    markTabs(this);
    this.#wait(false);
    this.toggleAttribute("behind", conversation.waits);
    this.#showPlan();
    if (this.#composes && answer.html.composer !== undefined) this.#tellOffer();
    if (!conversation.unkept || (conversation.visiting && !conversation.behind))
      awaitSent(false);
    const next = pressed && this.#stayed() ? this.#next(answer) : null;
    if (next) this.#goOn(next);
    else if (this.#sought && this.#focus(this.#sought)) this.#sought = "";
    else if (!this.#arrived) this.#arrive(answer.still);
    if (home && isLost(held)) goTo(home);
    if (pressed) this.#tellOf(answer.did);
    this.#announcing.hear(answer, Boolean(next) && answer.refused, conversation.behind);
  }

  /**
   * Where the reader goes on after a press: with the row that they move, if they do.
   *
   * @param {Answer} answer
   */
  #next({ focus, moved: moves, refused }) {
    const place = this.#carried;
    if (!place || refused) return focus;
    place.at = moved(place.at, moves) ?? place.at;
    return idOf(place.at) + place.rest;
  }

  /** Say what the offer is worth, in the words that stand there. */
  #tellOffer() {
    this.#composes = conversation.behind; // what follows another press comes still
    const said = this.querySelector("[data-composed]")?.textContent;
    if (said) this.#fill("[data-conclusion]", said);
  }

  /** There is no answer: the example is not to be taken for the plan that came back. */
  #hearNothing() {
    const example = this.hasAttribute("loading");
    this.removeAttribute("loading");
    this.#showPlan();
    if (example) for (const section of this.#sections()) section.inert = true;
  }

  /**
   * Ask for what was pressed, and remember from where.
   *
   * @param {import("../python/protocol").Command} command
   * @param {import("./sheet.mjs").Place | null} [place] where they go on with a row
   */
  #press(command, place = null) {
    this.#held = document.activeElement;
    this.#change();
    this.#carried = place;
    conversation.press(command);
  }

  /** What follows is of before a change, until an answer to that is there. */
  #change() {
    this.setAttribute("behind", "");
    this.#announcing.change();
  }

  /** Whether the reader has not gone elsewhere since they pressed. */
  #stayed() {
    return [this.#held, document.body].includes(document.activeElement);
  }

  /** @param {string} id of the field with which they go on after what they pressed */
  #goOn(id) {
    this.#reach(id);
    this.#held = document.activeElement;
  }

  #sections() {
    const sections = /** @type {NodeListOf<HTMLElement>} */ (
      this.querySelectorAll("[data-panel]")
    );
    return [...sections];
  }

  /**
   * The kept draft is known now: show it, or take what was typed before.
   *
   * @param {string} fragment that the page was opened with
   */
  #join(fragment) {
    this.#joined = true;
    if (this.hasAttribute("greets")) this.#greet();
    this.#showOffer();
    this.#wait(store.draft !== null);
    conversation.join(this);
    this.#visit(fragment);
    const early = fieldsOf(this).filter((field) => field.name && wasTyped(field));
    if (store.draft !== null) return this.#carryOver(early);
    for (const field of early) this.#type(field);
    // What was left before the script came is not being typed in any more.
    conversation.settle(document.activeElement?.getAttribute("name"));
    this.#arrive();
  }

  /** A reader who comes back is led to their plan; a new one is asked. */
  #greet() {
    const open = store.plans.find(({ current }) => current);
    this.#toggle("[data-returning]", !open);
    this.#toggle("[data-asking]", open !== undefined);
    if (!open) return;
    if (open.title) this.#fill("[data-open-name]", open.title);
    this.#fill("[data-open-changed]", sayAgo(open.changed, Date.now()));
  }

  /**
   * A reader who has a plan typed before it was back, into the example. An answer that
   * every plan has at the same address is theirs; of one in a list nobody knows which
   * of their own it was meant for, so they are told.
   *
   * @param {Field[]} fields
   */
  #carryOver(fields) {
    const listed = (/** @type {Field} */ field) => LISTED.test(addressOf(field));
    for (const field of fields.filter((each) => !listed(each))) this.#type(field);
    const lost = fields.filter(listed).map(({ value }) => `“${value}”`);
    this.#fill("[data-typed-early]", lost.join(", "));
    this.#toggle("[data-early]", lost.length === 0);
  }

  /**
   * Go, once, to the field that the address named; a heading is the browser's. What
   * was refused comes first: where a link is followed, the theme
   * fetches the page anew.
   *
   * @param {string[]} [refused]
   */
  #arrive(refused = []) {
    this.#arrived = true;
    if (refused.length && this.#focus("problems")) return;
    const id = this.#bound;
    if (id && !this.querySelector(`[data-part="${CSS.escape(id)}"]`)) this.#reach(id);
  }

  /**
   * Whether a plan comes that was sent by a link, now or before a reload.
   *
   * @param {string} fragment
   */
  #isSent(fragment) {
    const comes = isLink(fragment) || recallVisited() !== null;
    return comes && this.panels.includes("plan") && !conversation.visiting;
  }

  /**
   * Look at the plan that came with the address, if one did.
   *
   * @param {string} fragment
   */
  async #visit(fragment) {
    if (!this.panels.includes("plan")) return;
    if (!isLink(fragment)) return this.#visitAgain();
    awaitSent(true);
    // At once: where the theme fetches the page anew, it shall find nothing there. With
    // a state, or it would write into the address what it has remembered of it.
    const place = history.state ?? { x: scrollX, y: scrollY };
    history.replaceState(place, "", location.pathname + location.search);
    const found = await planIn(fragment);
    this.#held = document.activeElement;
    if ("text" in found) return this.#look(found.text);
    awaitSent(false);
    conversation.press({ refused: found.refused });
  }

  /** Look again at the plan that this tab looked at before its page was fetched anew. */
  #visitAgain() {
    const text = conversation.unkept ? null : recallVisited();
    if (text !== null) this.#look(text);
  }

  /** @param {string} text that a link held */
  #look(text) {
    nameSent(this, text);
    conversation.look(text);
  }

  /**
   * Until the reader's own plan is there, nothing can be typed into the example.
   *
   * @param {boolean} waits
   */
  #wait(waits) {
    this.toggleAttribute("loading", waits);
    for (const section of this.#sections()) {
      section.inert = waits || this.#isAside(section);
    }
  }

  /**
   * Whether a panel is out of reach: while somebody else's plan is looked at, or until
   * it shows the plan as it is.
   *
   * @param {HTMLElement} section
   */
  #isAside(section) {
    if (this.#late.has(section) || this.#isBehind(section)) return true;
    const looked = LOOKED_AT.includes(section.dataset.panel ?? "");
    return conversation.visiting && !looked && !section.closest(".parley__follows");
  }

  /** @param {HTMLElement} section */
  #isShown(section) {
    if (section.dataset.panel === PRINTED) return true;
    return !isClosed(section) && !section.closest(GREETING);
  }

  /** @param {HTMLElement} section */
  #isBehind(section) {
    return this.#behind.has(section.dataset.panel ?? "") && engine.state !== "failed";
  }

  /**
   * A part was opened: what it shows is asked for, unless it was shown already.
   *
   * @param {HTMLElement} part
   */
  #opened(part) {
    const sections = this.#sections().filter((section) => part.contains(section));
    for (const section of sections) section.inert = this.#isAside(section);
    const behind = sections.filter((section) => this.#isBehind(section));
    if (behind.length) conversation.ask(...behind.map(panelOf));
  }

  /** What depends on the plan and is not Python's: undo, redo, a visited plan. */
  #showPlan() {
    const held = document.activeElement;
    this.#toggle("[data-undo]", !conversation.undoable || conversation.visiting);
    this.#toggle("[data-redo]", !conversation.redoable || conversation.visiting);
    if (held?.matches("[data-undo], [data-redo]")) this.#stay(held);
    this.#toggle("[data-nudge]", conversation.visiting || !store.wantsFile());
    const name = titleOf(store.draft);
    this.#toggle("[data-named]", !name);
    this.#fill("[data-name]", name);
    for (const part of this.querySelectorAll("[data-dropped]")) {
      const about = part.getAttribute("data-dropped")?.split(" ") ?? [];
      part.toggleAttribute("hidden", !about.includes(conversation.dropped ?? ""));
    }
    this.#showOffer();
    for (const section of this.#sections()) section.inert = this.#isAside(section);
  }

  /** Offer to copy the plans that another site of this origin keeps. */
  #showOffer() {
    const held = document.activeElement;
    if (store.offer) this.#fillOffer(store.offer);
    this.#toggle("[data-offer]", conversation.visiting || !store.offer);
    if (!held?.closest("[data-offer]") || held.checkVisibility()) return;
    goTo(/** @type {Element} */ (this.querySelector(".parley-status")));
  }

  /** @param {import("../draft/elsewhere.mjs").Elsewhere} offer */
  #fillOffer({ path, plans }) {
    this.#toggle("[data-offer-one]", plans.length !== 1);
    this.#toggle("[data-offer-many]", plans.length === 1);
    this.#fill("[data-offer-count]", String(plans.length));
    this.#toggle("[data-offer-earlier]", path !== "");
    this.#toggle("[data-offer-site]", path === "");
    this.#fill("[data-offer-address]", location.host + path);
  }

  /** Say once what is offered, in the words that stand there. */
  #announceOffer() {
    this.#showOffer();
    const words = /** @type {HTMLElement | null} */ (
      this.querySelector("[data-offer]:not([hidden]) [data-offer-words]")
    );
    if (words) this.#fill("[data-conclusion]", words.innerText);
  }

  /** @param {Event} event */
  #typed(event) {
    const field = /** @type {Field} */ (event.target);
    this.#typing.note(event);
    const section = field.closest("[data-panel]");
    if (section) touch(section);
    if (!this.#joined) return;
    this.#sought = "";
    this.#tell("");
    this.#toggle("[data-early]", true);
    if (field.dataset.trial) conversation.try(field.dataset.trial, field.value);
    else if (field.name) this.#type(field);
  }

  /** @param {Field} field */
  #type(field) {
    if (field.dataset.picks) return this.#pick(field);
    const quoted = JSON.parse(field.dataset.quotedAt ?? "[]");
    const places = [addressOf(field), ...quoted];
    this.#composes = field.name.startsWith("/composing/");
    this.#own.add(field.name);
    this.#change();
    conversation.type(places, field.value, this.start, panelOf(field));
  }

  /**
   * What a press stands for is typed into the field beside it, and seen to be at once.
   *
   * @param {HTMLElement} press
   * @param {string} text
   */
  #typeBeside(press, text) {
    const beside = press.closest(".parley-field")?.querySelector("input");
    if (!beside) return;
    for (const each of press.parentElement?.children ?? [])
      each.setAttribute("aria-pressed", String(each === press));
    beside.value = text;
    beside.dispatchEvent(new Event("input", { bubbles: true }));
    conversation.settle();
  }

  /**
   * What is chosen in a sentence is pressed: more than its own answer may follow.
   *
   * @param {Field} field
   */
  #pick({ dataset, value }) {
    this.#press({ ...JSON.parse(dataset.picks ?? ""), said: value });
  }

  /** @param {Event} event */
  #changed(event) {
    const field = /** @type {HTMLInputElement} */ (event.target);
    if ("compare" in field.dataset) conversation.compare(field.value);
    if (field.dataset.list) conversation.choose(field.dataset.list, field.value);
    if (!("open" in field.dataset) || !field.files?.length) return;
    this.#open(field.files[0]);
    field.value = "";
  }

  /** @param {FocusEvent} event */
  #entered({ target, relatedTarget }) {
    engine.start();
    this.#typing.enter(target);
    if (isTold(target) && !isTold(relatedTarget)) this.#from = relatedTarget;
  }

  /**
   * Where the button that had the focus has vanished, go to its neighbour.
   *
   * @param {Element} held
   */
  #stay(held) {
    if (held.checkVisibility()) return;
    const offered = "#undo:not([hidden]), #redo:not([hidden])";
    const next = /** @type {HTMLElement | null} */ (this.querySelector(offered));
    next?.focus({ preventScroll: true });
  }

  /** @param {File} file a plan, or a list of issues */
  async #open(file) {
    const read = await contentOf(file);
    if ("refused" in read) this.#press({ refused: read.refused });
    else if ("text" in read) this.#press({ open: read.text });
    else this.#preview({ name: file.name, ...read });
  }

  /**
   * Show a list before anything of it is taken.
   *
   * @param {import("../python/protocol").ListFile} list
   */
  #preview(list) {
    if (!fits(list.text ?? "")) return this.#press({ refused: "large" });
    this.#held = document.activeElement;
    conversation.read(list);
  }

  /**
   * Rows for cells go into them; a table on the name of an issue is a list.
   *
   * @param {string} at
   * @param {string} text
   */
  #paste(at, text) {
    if (NAMES.test(at) && isTable(text)) this.#preview({ name: "", text });
    else this.#press(fits(text) ? { paste: at, text } : { refused: "long" });
  }

  /** @param {Event} event */
  #toggled(event) {
    const row = event.target;
    if (row instanceof HTMLDetailsElement && "fold" in row.dataset && row.open)
      conversation.ask(panelOf(row));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "Escape") this.#tell("");
    if (event.key === "Escape" && this.querySelector("[unfolded]")) this.#collapse();
    const command = (event.ctrlKey || event.metaKey) && !event.altKey;
    if (!command || event.key.toLowerCase() !== "z" || conversation.visiting) return;
    if (this.#typing.holds(event.target, event.shiftKey)) return;
    if (isElsewhere(this, event.target)) return;
    event.preventDefault();
    if (event.shiftKey) conversation.redo();
    else conversation.undo();
  }

  /** @param {MouseEvent} event */
  #pressed(event) {
    const target = /** @type {Element} */ (event.target);
    // Over an example one types: what stands there is none of the reader's.
    const over = this.hasAttribute("greets") && target instanceof HTMLInputElement;
    if (over && !this.#own.has(target.name)) target.select();
    const press = /** @type {HTMLElement | null} */ (target.closest("button, a"));
    if (!press) return;
    this.#sought = "";
    const { dataset } = press;
    for (const [name, act] of Object.entries(this.#does)) {
      if (name in dataset) act(dataset[name] ?? "", press);
    }
    const id = inPage(press);
    if (!id || !(goToPart(this, id) || this.#reach(id))) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {import("../python/protocol").PlanPress} what */
  async #plan(what) {
    const [[name, value]] = /** @type {[string, Json][]} */ (Object.entries(what));
    const done = await PLANS[name](value, "title" in what ? String(what.title) : "");
    this.#tell(done ? (TOLD[name] ?? "") : "");
    if (name === "keep") this.#reach("f-title"); // one's own has a name to be given
  }

  /** @param {FileName} kind */
  async #give(kind) {
    const without = engine.state === "failed" || conversation.dropped === "plan";
    if (without) await loaded;
    const made = without ? null : await conversation.give(kind);
    const file = made ?? (kind === PLAN_FILE ? this.#asTyped() : null);
    if (!file) return;
    save(file);
    if (kind === PLAN_FILE) this.#later();
  }

  /** The plan as it stands, where there is no Python to write it. */
  #asTyped() {
    const document = conversation.game?.draft ?? store.draft ?? this.start;
    const readable = JSON.stringify(document, null, 2);
    const text = fits(readable) ? readable : JSON.stringify(document);
    return { name: PLAN_FILE, type: "application/json", text };
  }

  /** The plan is in a file, or the reader wants to be asked another time. */
  #later() {
    store.filed();
    this.#showPlan();
  }

  /** The reader knows what plain http lacks: it is not said again here. */
  #putAway() {
    store.set("plain", READ);
    const held = document.activeElement;
    this.#toggle("[data-plain]", true);
    if (held && !held.checkVisibility())
      goTo(/** @type {Element} */ (this.querySelector(".parley-status")));
  }

  /** @param {FileName} kind */
  async #copy(kind) {
    const file = conversation.give(kind);
    const copied = await copy(file.then((made) => made?.text ?? ""));
    if (!copied) file.then((made) => made && save(made));
    this.#tell(copied ? "copied" : "uncopied");
  }

  /** @param {string} page where the link leads, from this page */
  async #share(page) {
    const address = new URL(page, location.href).href;
    const link = linkOf(store.draft, address);
    const useful = link.then((made) => {
      if (!canBeOpened(made)) throw new RangeError("too long for a link");
      return made;
    });
    const copied = await copy(useful);
    const { length } = await link;
    this.#fill("[data-length]", String(length));
    if (!canBeOpened(await link)) return this.#tell("lengthy");
    if (copied) return this.#tell(length > LONG ? "long" : "link");
    save({ name: "link.txt", type: "text/plain", text: await link });
    this.#tell("uncopied");
  }

  /**
   * Go to the field with that id; in a long list, its row is filled in first, by
   * the answer to this question: one on its way already may not have it.
   *
   * @param {string} id
   */
  #reach(id) {
    if (this.#focus(id)) return true;
    if (!id.startsWith("f-") || this.panels.length < 2) return false;
    this.#sought = id;
    conversation.ask(...this.panels);
    return true;
  }

  /**
   * Go to the field with that id, opening what hides it.
   *
   * @param {string} id
   */
  #focus(id) {
    const field = id ? this.querySelector(`#${CSS.escape(id)}`) : null;
    if (!(field instanceof HTMLElement)) return false;
    const section = /** @type {HTMLElement | null} */ (field.closest("[data-panel]"));
    showPartOf(this, field);
    this.#unfold(field);
    if (section && this.#isBehind(section)) return false;
    if (field instanceof HTMLDetailsElement) field.open = true;
    for (let hides = hiderOf(field); hides; hides = hiderOf(field)) hides.open = true;
    (field.tagName === "DETAILS" ? field.querySelector("summary") : field)?.focus();
    field.scrollIntoView({ block: "center" });
    return true;
  }

  /**
   * On a phone the answer is a line at the foot of the page, until one goes to it.
   *
   * @param {Element} reached
   */
  #unfold(reached) {
    const card = this.querySelector(".parley-card--plan");
    card?.toggleAttribute("unfolded", card.contains(reached));
  }

  /** Back from the answer to its line. */
  #collapse() {
    this.#unfold(this);
    const line = /** @type {HTMLElement | null} */ (
      this.querySelector(".parley-bottom")
    );
    line?.focus({ preventScroll: true });
  }

  /** @param {AbortSignal} signal */
  #startWhenSeen(signal) {
    const seen = new IntersectionObserver((changes) => {
      // On a busy device several come at once.
      if (!changes.some(({ isIntersecting }) => isIntersecting) || saving()) return;
      seen.disconnect();
      const start = () => signal.aborted || engine.start();
      const idle = globalThis.requestIdleCallback ?? (() => setTimeout(start));
      idle(start, { timeout: BUSY });
    });
    seen.observe(this);
    signal.addEventListener("abort", () => seen.disconnect());
  }

  #showState() {
    for (const part of this.querySelectorAll("[data-when]")) {
      const when = part.getAttribute("data-when")?.split(" ") ?? [];
      part.toggleAttribute("hidden", !when.includes(engine.state));
    }
    for (const bar of this.querySelectorAll("progress")) {
      bar.max = engine.total || 1;
      bar.value = engine.done;
    }
    this.#toggle("[data-amount]", !engine.total);
    this.#showAmount("[data-done]", engine.done);
    this.#showAmount("[data-total]", engine.total);
    for (const part of this.querySelectorAll("[data-cause]")) {
      part.toggleAttribute("hidden", part.getAttribute("data-cause") !== engine.cause);
    }
    this.toggleAttribute("ready", engine.state === "ready");
  }

  /**
   * Say how many megabytes; the same words put there again would be laid out again.
   *
   * @param {string} where
   * @param {number} bytes
   */
  #showAmount(where, bytes) {
    const megabytes = (bytes / 1e6).toFixed(1);
    for (const part of this.querySelectorAll(where))
      if (part.textContent !== megabytes) part.textContent = megabytes;
  }

  #showSaving() {
    const { saving, kept } = store;
    for (const part of this.querySelectorAll("[data-saving]")) {
      part.toggleAttribute("hidden", part.getAttribute("data-saving") !== saving);
    }
    for (const part of this.querySelectorAll("[data-kept]")) {
      const when = part.getAttribute("data-kept")?.split(" ") ?? [];
      part.toggleAttribute("hidden", !when.includes(kept));
    }
    const time = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
    if (saving === "saved") this.#fill("[data-time]", time.format());
  }

  /** @param {Answer["did"]} did what a press has done */
  #tellOf(did) {
    if (did) this.#fill("[data-did]", did.says);
    this.#tell(did?.undo ?? "");
  }

  /** @param {string} what was done, as the status says it */
  #tell(what) {
    const held = document.activeElement;
    for (const part of this.querySelectorAll("[data-told]")) {
      part.toggleAttribute("hidden", part.getAttribute("data-told") !== what);
    }
    clearTimeout(this.#leaving);
    if (this.querySelector("[data-told][data-leaves]:not([hidden])"))
      this.#leaving = setTimeout(() => this.#letGo(what), STAYS);
    if (!held || !isTold(held) || held.checkVisibility()) return;
    if (this.#from instanceof HTMLElement) this.#from.focus({ preventScroll: true });
    else this.#stay(held);
  }

  /**
   * Tell no more what was done, unless the reader is there.
   *
   * @param {string} what
   */
  #letGo(what) {
    const busy = this.querySelector(".parley-told:is(:hover, :focus-within)");
    this.#tell(busy ? what : "");
  }

  /**
   * @param {string} where
   * @param {boolean} hidden
   */
  #toggle(where, hidden) {
    for (const part of this.querySelectorAll(where)) {
      part.toggleAttribute("hidden", hidden);
    }
  }

  /**
   * @param {string} where
   * @param {string} text
   */
  #fill(where, text) {
    for (const part of this.querySelectorAll(where)) part.textContent = text;
  }
}

/**
 * The address of the answer that a field is for: one of several may share its name.
 *
 * @param {Field} field
 */
const addressOf = (field) => field.dataset.at ?? field.name;

/**
 * What is folded and so hides an element: some of a row shows while it is closed.
 *
 * @param {HTMLElement} element
 */
function hiderOf(element) {
  if (element.checkVisibility()) return null;
  return /** @type {HTMLDetailsElement | null} */ (
    element.closest("details:not([open])")
  );
}

/**
 * A command with the day on which it is pressed, where it has one.
 *
 * @param {import("../python/protocol").Command} command
 */
function dated(command) {
  if (!("date" in command)) return command;
  const now = new Date();
  now.setMinutes(now.getMinutes() - now.getTimezoneOffset());
  return { ...command, date: now.toISOString().slice(0, "2026-12-15".length) };
}

/**
 * Whether the reader typed in a field before this script had come, or since.
 *
 * @param {Field} field
 */
function wasTyped(field) {
  const typed = /** @type {WeakSet<Field>} */ (
    /** @type {any} */ (globalThis).PARLEY_EARLY
  );
  return typed.has(field) && changed(field) && !isUnchecked(field);
}

/**
 * Whether a field is one of a choice that another one has taken.
 *
 * @param {Field} field
 */
function isUnchecked(field) {
  return field instanceof HTMLInputElement && field.type === "radio" && !field.checked;
}

/**
 * Begin a plan of the reader's own.
 *
 * @param {unknown} document
 */
function begin(document) {
  store.put(/** @type {Json} */ (document), { undoable: false, fresh: true });
}

/** Leave the plan that is shown, be it a visited one, for the worked example. */
function setAside() {
  if (conversation.visiting) conversation.leaveVisited();
  else store.leave();
}

/**
 * What a link leads to on this page; empty for a link to another one. The theme
 * makes addresses absolute, so the attribute does not tell.
 *
 * @param {HTMLElement} link
 */
function inPage(link) {
  if (!(link instanceof HTMLAnchorElement)) return "";
  const here = link.pathname === location.pathname && link.origin === location.origin;
  return here ? decodeURIComponent(link.hash.slice(1)) : "";
}

/** @param {Element} element */
function panelOf(element) {
  const section = /** @type {HTMLElement | null} */ (element.closest("[data-panel]"));
  return section?.dataset.panel ?? "";
}

/**
 * Whether something stands where it is told what was done.
 *
 * @param {EventTarget | null} target
 */
function isTold(target) {
  return target instanceof Element && target.closest(".parley-told") !== null;
}

/**
 * What holds an element: its list, its menu or its panel.
 *
 * @param {Element | null} element
 */
function homeOf(element) {
  return element?.closest(".parley-list, .parley-menu__body, [data-panel]") ?? null;
}

/**
 * Whether the focus went with what had it. A reader who has pressed where nothing takes
 * it, as a press on a menu does not in Safari, is where they want to be.
 *
 * @param {Element | null} held
 */
function isLost(held) {
  const takes = held?.checkVisibility() && !held.closest(":disabled, [inert]");
  return !takes && document.activeElement === document.body;
}

/**
 * Go to what held an element that is gone: to its heading, if it has one.
 *
 * @param {Element} home
 */
function goTo(home) {
  const heading = home.querySelector(':scope > :is(h2, h3, header) [tabindex="-1"]');
  const there = /** @type {HTMLElement} */ (heading ?? home);
  if (!heading) there.tabIndex = -1;
  there.focus({ preventScroll: true });
}

/**
 * Whether a field has the focus that is none of the planner's, like the search.
 *
 * @param {HTMLElement} panel
 * @param {EventTarget | null} target
 */
function isElsewhere(panel, target) {
  return (
    target instanceof Element &&
    target.matches("input, textarea, [contenteditable]") &&
    !panel.contains(target)
  );
}

/** Lets the reader's events and the browser's painting go first, now and then. */
function breathing() {
  let begun = performance.now();
  return async () => {
    if (performance.now() - begun <= BREATH) return;
    await new Promise((resolve) => setTimeout(resolve));
    begun = performance.now();
  };
}

/** Whether the reader asked to save data: then nothing is fetched unasked. */
function saving() {
  return /** @type {any} */ (navigator).connection?.saveData === true;
}

// Who is about to reload the page asks first whether something would be lost.
addEventListener("parley-leave", (event) => {
  const { answers } = /** @type {CustomEvent} */ (event).detail;
  answers.push(store.written().then((written) => written && !conversation.unkept));
});

if (!customElements.get("parley-panel")) {
  customElements.define("parley-panel", ParleyPanel);
}
