// What the page and Python say to each other: one question at a time.

import { moved, replaced } from "../draft/address.mjs";
import { Play } from "../draft/play.mjs";
import { spelling } from "../page/locale.mjs";
import { same } from "../draft/history.mjs";
import { forgetVisited, keepVisited } from "../draft/visited.mjs";

/** @typedef {import("../draft/address.mjs").Json} Json */
/** @typedef {import("./engine.mjs").Answer} Answer */
/** @typedef {import("./protocol").Command} Command what a button asks for */
/** @typedef {import("./protocol").FileName} FileName */
/** @typedef {import("./protocol").ListFile} ListFile */
/** @typedef {import("./protocol").PlanFile} PlanFile */

/**
 * @typedef {object} Listener a panel on the page
 * @property {string[]} panels
 * @property {string[]} shown those of them that the reader can see
 * @property {string} base
 * @property {Json} start the document it shows while there is no draft
 * @property {boolean} plays whether that is only played with, and becomes no plan
 * @property {string[]} open the ids of what stands open, or is about to
 * @property {(answer: Answer, typed: Typed, pressed: boolean, anew: boolean) => Promise<void>} hear
 */

/** @type {Record<import("./protocol").Harmless, true>} */
const HARMLESS = { read: true, look: true, refused: true }; // leave every plan as it is
const FIRST = ["problems", "tabs", "stance", "advice"]; // what every answer begins with

const TAKING = ["take", "begin"]; // commands that take the list that is read
const TAKEN = ["whose", "plan", "problems", "tabs", "list"]; // panels that say what was taken
const LISTED = "issues"; // the panel that shows a list once it is taken
const COMPOSED = "/composing/"; // where nothing counts what is typed
const COMPOSER = ["composer", "issues"]; // the panels that show it
const ANEW = ["sheet", "separator"]; // choices after which columns are others

/**
 * What a question was about that stopped Python each time: a file that was asked for,
 * what was pressed, or the plan as it stands.
 *
 * @typedef {"file" | "press" | "plan"} Dropped
 */

/** @typedef {(at: string) => boolean} Typed whether a field was typed in since */

/** @typedef {import("../draft/play.mjs").Game} Game */

/**
 * @typedef {object} Press
 * @property {Command} command
 * @property {Listener | undefined} from the panel of the page where it was pressed
 */

/**
 * Joins the panels of a page to the draft and to Python. Typing changes the draft
 * at once and asks for advice; the newest draft wins. Presses change the draft's
 * shape in Python, in their order, none lost; what is typed or pressed meanwhile
 * follows the members it was meant for to their new places.
 */
export class Conversation {
  /** @type {Set<Listener>} */
  #listeners = new Set();
  /** @type {Press[]} in their order; the reader may be on another page by then */
  #presses = [];
  /** @type {{ kind: FileName, resolve: (file: PlanFile | null) => void }[]} */
  #wanted = [];
  /** @type {Map<string, Json>} what was typed since the question was asked */
  #typed = new Map();
  /** @type {Game | null} the example that the question is about */
  #about = null;
  /** @type {string | null} the field being typed in */
  #typing = null;
  /** @type {Map<string, string>} what-if figures, as typed */
  #trial = new Map();
  /** The plan to compare with, and what it holds. */
  #beside = "";
  /** @type {Json} */
  #other = null;
  /** @type {Json} a plan that came by a link, while it is only looked at */
  #visited = null;
  /** @type {string[]} what was refused, as Python said it, until the reader goes on */
  #still = [];
  /** What came by a link, until Python has said whether it is a plan. */
  #link = "";
  /** @type {ListFile | null} what is shown before it is taken */
  #list = null;
  /** @type {Map<string, { [key: string]: string }>} how each list is to be read */
  #choices = new Map();
  #asking = false;
  #stale = false;
  /** Whether an offer was composed that no answer knows of. */
  #composed = false;
  #answered = false;
  #whole = false;
  /** @type {string[]} panels that the last answer left for later */
  #rest = [];
  /** The panel that the reader types in, the first of those. */
  #near = "";
  /** @type {Set<string>} panels that answer at once, what they ask beside the plan */
  #urgent = new Set();
  #outdated = false;
  /** @type {Dropped | null} */
  #dropped = null;
  /** @type {{ plan: Json } | null} about which nothing is asked: it stops Python */
  #deadly = null;
  #names = "[]";
  #spelling = spelling(undefined);
  #play = new Play();
  #store;
  #engine;

  /**
   * @param {import("../draft/store.mjs").Store} store
   * @param {import("./engine.mjs").Engine} engine
   */
  constructor(store, engine) {
    this.#store = store;
    this.#engine = engine;
    // Another tab typed, or another plan was opened.
    store.addEventListener("draft", () => this.#replaced());
    store.addEventListener("typed", (event) => this.#typedElsewhere(event));
    store.addEventListener("plans", () => this.#listed());
    store.addEventListener("kept", () => this.#readOther());
    engine.addEventListener("state", () => this.#started());
  }

  /** @param {Listener} listener */
  join(listener) {
    this.#listeners.add(listener);
    // A page fetched anew shows what the one before was about to.
    const own = this.#store.draft !== null || this.game?.undoable;
    const told = own || this.unkept || this.#still.length > 0;
    if (told) this.#whole = true;
    this.#deadly = null;
    if (told || this.#store.plans.length) this.ask();
    this.#started();
  }

  /** @param {Listener} listener */
  leave(listener) {
    this.#listeners.delete(listener);
  }

  /**
   * The reader typed into a field.
   *
   * @param {string[]} places the field's address, and those that quote it
   * @param {string} value
   * @param {Json} start
   * @param {string} panel where it stands
   */
  type(places, value, start, panel) {
    this.#near = panel;
    this.#still = [];
    if (this.#dropped !== "plan") this.#dropped = null;
    const { game } = this;
    if (game === this.#about) for (const at of places) this.#typed.set(at, value);
    const composed = places.every((at) => at.startsWith(COMPOSED));
    this.#typing = composed ? null : places[0];
    if (game) game.type(places, value);
    else this.#store.type(start, places, value);
    if (composed) this.#compose();
    else this.ask();
  }

  /** Ask for what shows the offer being composed, and for nothing else. */
  #compose() {
    this.#composed = true;
    this.#next();
  }

  /** The example that is played with; null where the plan is the reader's own. */
  get game() {
    const [first] = this.#listeners;
    return this.#gameOf(first);
  }

  /**
   * What a page plays with, while there is no plan to show instead.
   *
   * @param {Listener | undefined} listener
   */
  #gameOf(listener) {
    const plays = listener?.plays && this.#store.draft === null && !this.unkept;
    return plays ? this.#play.of(listener.start) : null;
  }

  get undoable() {
    return (this.game ?? this.#store).undoable;
  }

  get redoable() {
    return (this.game ?? this.#store).redoable;
  }

  undo() {
    this.#step((which) => which.undo());
  }

  redo() {
    this.#step((which) => which.redo());
  }

  /** @param {(which: Game | import("../draft/store.mjs").Store) => void} step */
  #step(step) {
    const { game } = this;
    step(game ?? this.#store);
    if (game) this.#replaced(); // the store tells of its own
  }

  /**
   * The reader left a field: its problem may be told now.
   *
   * @param {string | null} [held] the field that they are in, where it may be that one
   */
  settle(held = null) {
    if (this.#typing === null || this.#typing === held) return;
    this.#typing = null;
    this.ask();
  }

  /** @param {Command} command */
  press(command) {
    const [from] = this.#listeners;
    this.#presses.push({ command, from });
    this.#next();
  }

  /**
   * Ask for a file of the plan as it stands.
   *
   * @param {FileName} kind
   * @returns {Promise<PlanFile | null>} null where it cannot be made
   */
  give(kind) {
    return new Promise((resolve) => {
      this.#wanted.push({ kind, resolve });
      this.#next();
    });
  }

  /**
   * Try a figure beside the plan, which stays as it is.
   *
   * @param {string} at
   * @param {string} value
   */
  try(at, value) {
    this.#trial.set(at, value);
    this.ask("whatif");
  }

  /** Back to the plan's own figures. */
  untry() {
    this.#trial.clear();
    this.ask("whatif");
  }

  /**
   * Compare with a saved plan, as it is whenever it changes.
   *
   * @param {string} id empty for none
   */
  compare(id) {
    this.#beside = id;
    return this.#readOther();
  }

  /**
   * Look at what came by a link, if it is a plan; else Python says what it is.
   *
   * @param {string} text
   */
  look(text) {
    if (text === this.#link) return;
    this.#link = text;
    this.press({ look: text });
  }

  /**
   * Show a list as it would come in. How the reader had one of that name read before
   * is remembered as long as the page is open.
   *
   * @param {ListFile} list
   */
  read(list) {
    this.#list = list;
    this.press({ read: true });
  }

  /**
   * Read the list otherwise.
   *
   * @param {string} key
   * @param {string} value
   */
  choose(key, value) {
    if (!this.#list) return;
    const before = Object.entries(this.#choices.get(this.#list.name) ?? {});
    const kept = ANEW.includes(key)
      ? before.filter(([each]) => ANEW.includes(each))
      : before;
    this.#choices.set(this.#list.name, { ...Object.fromEntries(kept), [key]: value });
    this.ask("list");
  }

  /** Leave the list that is shown; nothing of it is taken. */
  leaveList() {
    this.#list = null;
    this.ask("list");
  }

  /** Whether a question waits that the last answer knows nothing of. */
  get behind() {
    return this.#stale || this.#composed || this.#presses.length > 0;
  }

  /** Whether a panel is still to show what follows from the last change. */
  get waits() {
    return this.behind || this.#rest.length > 0;
  }

  get visiting() {
    return this.#visited !== null;
  }

  /** What was last asked and got no answer, until the reader goes on. */
  get dropped() {
    return this.#dropped;
  }

  /** Whether there is a plan on the page, or on its way, that nobody keeps. */
  get unkept() {
    return this.visiting || this.#link !== "";
  }

  /** Keep what came by a link, or an example as it was played with, as one's own. */
  keep() {
    const kept = this.#visited ?? this.game?.draft ?? null;
    if (kept !== null) this.#store.put(kept, { undoable: false, fresh: true });
    if (this.unkept) this.leaveVisited();
    else this.#replaced();
  }

  /** Back to one's own plan; what is being answered is about the one that is left. */
  leaveVisited() {
    forgetVisited();
    this.#visited = null;
    this.#link = "";
    this.#presses = this.#presses.filter(({ command }) => !("look" in command));
    this.#replaced();
  }

  /**
   * Ask Python about the draft as it stands.
   *
   * @param {string[]} panels that are to answer at once
   */
  ask(...panels) {
    this.#stale = true;
    for (const panel of panels) this.#urgent.add(panel);
    this.#next();
  }

  /** The draft is another one: what is being answered is about the one before. */
  #replaced() {
    this.#still = [];
    this.#outdated = true;
    this.#whole = true;
    this.ask();
  }

  /** @param {Event} event */
  #typedElsewhere(event) {
    const { places, value } = /** @type {CustomEvent} */ (event).detail;
    for (const at of places) this.#typed.set(at, value);
    this.ask();
  }

  /** Read the plan to compare with again; there is none where it is gone or is open. */
  async #readOther() {
    const id = this.#beside;
    const there = this.#store.plans.some((plan) => plan.id === id && !plan.current);
    const document = there ? await this.#store.read(id) : null;
    if (id !== this.#beside) return;
    if (document === null) this.#beside = "";
    if (same(document, this.#other) && id === this.#beside) return;
    this.#other = document;
    this.ask("compare");
  }

  /** The list of plans is shown anew when it reads differently. */
  #listed() {
    this.#readOther();
    const list = this.#store.plans.map(({ id, title, current }) => [
      id,
      title,
      current,
    ]);
    const names = JSON.stringify(list);
    if (names === this.#names) return;
    this.#names = names;
    this.ask();
  }

  /**
   * Python is there: it answers once unasked, panel by panel. So a reader of other
   * figures than the served English ones has their own, and Python has read every
   * template before the first key is pressed.
   */
  #started() {
    if (this.#engine.state === "ready" && !this.#answered) this.ask();
  }

  async #next() {
    if (this.#asking || !this.#listeners.size) return;
    const press = this.#pressable();
    const wanted = press ? undefined : this.#wanted.shift();
    const due = this.#stale || this.#composed || this.#rest.length > 0;
    if (!press && !wanted && (!due || this.#stopsPython())) return;
    this.#asking = true;
    try {
      await this.#exchange(press, wanted);
    } finally {
      this.#asking = false;
    }
    this.#next();
  }

  /**
   * One question, and what becomes of its answer.
   *
   * @param {Press | undefined} pressed
   * @param {{ kind: FileName, resolve: (file: PlanFile | null) => void }} [wanted]
   */
  async #exchange(pressed, wanted) {
    this.#outdated = false;
    this.#typed.clear();
    const asking = [...this.#listeners];
    const anew = this.#whole;
    const press = pressed?.command;
    // The reader may be on another page when the answer comes.
    const from = pressed?.from ?? asking[0];
    const game = this.#gameOf(from);
    const elsewhere = game !== this.game; // what the page shows is not what is asked
    this.#about = game;
    const answer = await this.#engine.ask({
      ...this.#question(asking, changes(press), game, from.start),
      now: this.#turn(asking, press, Boolean(wanted)),
      do: press ?? null,
      still: press ? [] : this.#still,
      give: wanted?.kind ?? null,
    });
    this.#answered = true;
    wanted?.resolve(answer.file);
    this.#drop(answer, press, wanted !== undefined);
    if (this.#outdated) return this.#again(pressed);
    const typed = this.#adopt(answer, changes(press), from.start, game);
    if (press) this.#still = answer.still;
    this.#looked(press, answer);
    this.#closeList(press, answer);
    if (elsewhere) {
      this.#whole = this.#stale = true;
      return;
    }
    // One that came meanwhile, on another page, has asked a question of its own.
    for (const listener of asking) {
      if (this.#listeners.has(listener)) {
        await listener.hear(answer, typed, Boolean(press), anew);
      }
    }
  }

  /**
   * A question that stops Python is asked once more in a new one, then dropped: about
   * the plan as it stands nothing is asked until it is another one.
   *
   * @param {Answer} answer
   * @param {Command | undefined} press
   * @param {boolean} wanted
   */
  #drop({ dropped, plan }, press, wanted) {
    if (!dropped) {
      // An answer about the plan tells that it is sound; what was pressed may not be.
      if (this.#dropped === "plan" || press) this.#dropped = null;
      this.#deadly = null;
      return;
    }
    this.#dropped = wanted ? "file" : press ? "press" : "plan";
    if (press && "look" in press && press.look === this.#link) {
      forgetVisited(); // or each reload would stop at it again
      this.#link = "";
    }
    if (this.#dropped === "press") this.#stale = this.#whole = true;
    if (this.#dropped !== "plan") return;
    this.#rest = [];
    this.#deadly = { plan };
  }

  /** Whether it is known what a question about the plan as it stands would come to. */
  #stopsPython() {
    return this.#deadly !== null && same(this.#deadly.plan, this.#plan());
  }

  /** What was pressed goes to the reader's own plan: it waits while they look. */
  #pressable() {
    const all = this.#presses;
    const waits = this.#visited !== null;
    const at = waits ? all.findIndex(({ command }) => !changes(command)) : 0;
    return at < 0 ? undefined : all.splice(at, 1)[0];
  }

  /**
   * Python has read what came by a link.
   *
   * @param {Command | undefined} press
   * @param {Answer} answer
   */
  #looked(press, answer) {
    if (!press || !("look" in press) || press.look !== this.#link) return;
    this.#link = "";
    if (answer.refused) return;
    this.#visited = JSON.parse(press.look);
    keepVisited(press.look);
    this.#whole = true;
    this.#stale = true;
  }

  /**
   * The list that was read has been taken, or was none.
   *
   * @param {Command | undefined} press
   * @param {Answer} answer
   */
  #closeList(press, answer) {
    if (!press) return;
    const taken = isTaking(press) && !answer.refused;
    if (taken || ("read" in press && !answer.reads)) this.#list = null;
  }

  /**
   * Which panels the next answer is about. After typing, the conclusion comes first
   * and the others one by one, so that a further key never waits for all of them.
   *
   * @param {Listener[]} asking
   * @param {Command | undefined} pressed
   * @param {boolean} wanted whether it is a file that is asked for
   */
  #turn(asking, pressed, wanted) {
    const all = asking.flatMap((listener) => listener.shown);
    if (wanted) return FIRST;
    if (pressed || this.#whole) {
      this.#whole = false;
      this.#stale = this.#composed = false;
      // What was taken is said at once; what follows from it may take longer.
      const first = isTaking(pressed)
        ? all.filter((name) => TAKEN.includes(name))
        : all;
      const rest = all.filter((name) => !first.includes(name));
      this.#rest = rest.sort((a, b) => Number(b === LISTED) - Number(a === LISTED));
      return first;
    }
    if (this.#composed) {
      this.#composed = false;
      this.#urgent.add(COMPOSER[0]);
      const shown = COMPOSER.filter((name) => all.includes(name));
      if (!this.#stale) this.#rest = [...new Set([...shown, ...this.#rest])];
    }
    if (this.#stale) {
      this.#stale = false;
      const first = asking
        .flatMap((listener) => listener.panels)
        .filter((name) => FIRST.includes(name) || this.#urgent.has(name));
      const rest = all.filter((name) => !first.includes(name));
      this.#rest = [
        ...rest.filter((name) => name === this.#near),
        ...rest.filter((name) => name !== this.#near),
      ];
      this.#urgent.clear();
      if (first.length) return first;
    }
    return this.#rest.splice(0, 1);
  }

  /**
   * The draft has become another one meanwhile: what was pressed is pressed on it. A
   * link that was left is not looked at again.
   *
   * @param {Press | undefined} press
   */
  #again(press) {
    if (!press) return;
    const { command } = press;
    const left = "look" in command && command.look !== this.#link;
    if (!left) this.#presses.unshift(press);
  }

  /**
   * @param {Listener[]} asking
   * @param {boolean} pressed what changes a plan
   * @param {Game | null} game
   * @param {Json} start
   * @returns {import("./protocol").Request}
   */
  #question(asking, pressed, game, start) {
    const begins = pressed && !game;
    const own = this.#store.draft !== null || begins || this.#visited !== null;
    return {
      plan: this.#plan(game, start),
      own,
      panels: asking.flatMap((listener) => listener.panels),
      base: asking[0].base,
      typing: this.#typing,
      locale: this.#spelling,
      open: asking.flatMap((listener) => listener.open),
      trial: Object.fromEntries(this.#trial),
      other: this.#other,
      other_id: this.#beside,
      list: this.#asked(),
      plans: this.#store.plans,
      visiting: this.#visited !== null,
    };
  }

  /**
   * The plan that is on a page: one that is looked at, the reader's, the example.
   *
   * @param {Game | null} game
   * @param {Json} start
   */
  #plan(game = this.game, start = [...this.#listeners][0].start) {
    const own = this.#visited ?? this.#store.draft;
    return own ?? game?.draft ?? start;
  }

  /** @returns {ListFile | null} the list that is shown, with how it is to be read */
  #asked() {
    if (!this.#list) return null;
    return { ...this.#list, choices: this.#choices.get(this.#list.name) ?? {} };
  }

  /**
   * Take the draft as Python gives it back, with what was typed since on top.
   *
   * @param {Answer} answer
   * @param {boolean} pressed
   * @param {Json} start
   * @param {Game | null} game that it was asked about
   * @returns {Typed} which fields were typed in since, now and while one types on
   */
  #adopt(answer, pressed, start, game) {
    const late = this.#follow(answer.moved, game);
    const fresh = answer.moved[""] === null; // another plan altogether
    if (fresh) this.#trial.clear();
    const undoable = pressed && !answer.refused;
    const own = this.#store.draft !== null || undoable;
    if (answer.html && (own || game) && this.#visited === null) {
      // What was typed since is in the plan's history, and told to other tabs, already.
      const draft = [...late].reduce(
        (plan, [at, value]) => replaced(plan, at, value),
        answer.plan,
      );
      if (game && !fresh) game.put(draft, undoable);
      else this.#store.put(draft, { undoable, fresh, start });
    }
    const composed = [...late.keys()].every((at) => at.startsWith(COMPOSED));
    if (late.size && composed) this.#composed = true;
    else if (late.size) this.#stale = true;
    this.#typed = late;
    return (at) => this.#typed.has(at) || this.#isPicked(at);
  }

  /**
   * Whether something else was chosen at an address, which waits to be asked.
   *
   * @param {string} at
   */
  #isPicked(at) {
    return this.#presses.some(
      ({ command }) => "step" in command && command.step === at,
    );
  }

  /**
   * What was typed or pressed since the question, at its place in the answer.
   *
   * @param {{ [from: string]: string | null }} moves
   * @param {Game | null} game
   */
  #follow(moves, game) {
    /** @type {Map<string, Json>} */
    const late = new Map();
    for (const [at, value] of this.#typed) {
      const there = moved(at, moves);
      if (there !== null) late.set(there, value);
    }
    this.#presses = this.#presses.flatMap((press) => {
      if (this.#gameOf(press.from) !== game) return [press]; // of another plan
      const followed = Object.entries(press.command).map(([key, at]) => [
        key,
        typeof at === "string" ? moved(at, moves) : at,
      ]);
      return followed.some(([, at]) => at === null)
        ? []
        : [{ ...press, command: Object.fromEntries(followed) }];
    });
    return late;
  }
}

/**
 * Whether a command changes a plan.
 *
 * @param {Command | undefined} press
 */
function changes(press) {
  return press !== undefined && !Object.keys(HARMLESS).some((key) => key in press);
}

/**
 * Whether a command takes the list that is shown.
 *
 * @param {Command | undefined} press
 */
function isTaking(press) {
  return press !== undefined && TAKING.some((key) => key in press);
}
