// What the page and Python say to each other. Made by `make protocol` from
// planner/edits/commands.py and planner/protocol.py: change it there.

import type { Json } from "../draft/address.mjs";

/** Add a blank to a list: an issue, an option, a step, a line of a worksheet. */
export type Add = {
  /** the list's address */
  add: string;
  blank: "agreement" | "relationship" | "option" | "alternative" | "offer" | "part";
};

/** Remove a member of a list, with everything that quotes it. */
export type Remove = {
  /** an answer's address in the plan, a JSON Pointer */
  remove: string;
};

/** Let a member of a list change places with the one of its kind above it. */
export type Up = {
  /** an answer's address in the plan, a JSON Pointer */
  up: string;
};

/** Let a member of a list change places with the one of its kind below it. */
export type Down = {
  /** an answer's address in the plan, a JSON Pointer */
  down: string;
};

/** Take the order of the deal's issues as the ranking, or drop the ranking. */
export type Rank = {
  /** the list's address; empty to drop it */
  rank: string;
};

/** Give an issue without options its two ends: what each side wants. */
export type Ends = {
  /** an answer's address in the plan, a JSON Pointer */
  ends: string;
};

/** Put the steps between into an issue whose two options are the ends of a scale. */
export type Fill = {
  /** an answer's address in the plan, a JSON Pointer */
  fill: string;
};

/** Turn the options of an issue round, or of every issue without our points. */
export type Turn = {
  /** an issue's address, or that of the list of issues */
  turn: string;
};

/** Take over answers at their addresses, as if they had been typed there. */
export type Adopt = { adopt: { [key: string]: string | number } };

/** Give an answer by a press, or take it back; the reader stays where they are. */
export type Choose = {
  /** an answer's address in the plan, a JSON Pointer */
  choose: string;
  /** the answer; empty to take it back */
  said: string;
};

/**
 * Give one answer of a step in the talks; one that is not there yet begins.
 *
 * It begins as a step of ours, and from where its side stands on the issue.
 */
export type Step = {
  /** the answer's address; that of the next step begins it */
  step: string;
  /** what is chosen; empty for none */
  said: string;
  /** where each side stands, by side and issue: `us/price` */
  starts: { [key: string]: string };
};

/** Ask which of two packages the reader would rather have. */
export type Compare = {
  /** for each package the option of each issue, by the id */
  compare: { first: { [key: string]: string }; second: { [key: string]: string } };
};

/** Put these options into the offer being composed, and take out all others. */
export type Compose = {
  /** issue id → option name; empty to clear it */
  compose: { [key: string]: string };
};

/** Write the offer being composed among those made; it stays to be gone on with. */
export type Offer = {
  offer: "us" | "them";
  /** the day it was made, in ISO 8601; the page knows which */
  date: string;
};

/**
 * Add an issue of a list to start from, or all of it; what is there stays.
 *
 * An issue is there if one has its name: its id says nothing of what it is about.
 */
export type Starter = {
  /** the name of the list, or `list/issue` for one of it */
  starter: string;
};

/** Fill in the fields from one on, to the right and downwards, from rows. */
export type Paste = {
  /** an answer's address in the plan, a JSON Pointer */
  paste: string;
  /** rows of cells, as a spreadsheet copies them */
  text: string;
};

/** Show a list before anything of it is taken. */
export type Read = { read: true };

/** Add the issues of the list to the plan. No example is added to. */
export type Take = { take: true };

/** Begin a plan with the issues of the list, in the same currency. */
export type Begin = { begin: true };

/** Begin with a worked example, or with an empty plan in the same currency. */
export type Start = {
  /** its name, or `empty` */
  start: string;
};

/** Open a plan from the text of a file. */
export type Open = { open: string };

/** Make sure that what came by a link is a plan; the page then shows it. */
export type Look = { look: string };

/** Say why the page let something from outside not in; it tells only the reason. */
export type Refused = {
  refused:
    | "large"
    | "long"
    | "heavy"
    | "lengthy"
    | "deep"
    | "much"
    | "unreadable"
    | "kind"
    | "cut"
    | "newer"
    | "changed"
    | "garbled";
};

/** What the page may ask Python to do to a plan; its fields say what to and how. */
export type Command =
  | Add
  | Remove
  | Up
  | Down
  | Rank
  | Ends
  | Fill
  | Turn
  | Adopt
  | Choose
  | Step
  | Compare
  | Compose
  | Offer
  | Starter
  | Paste
  | Read
  | Take
  | Begin
  | Start
  | Open
  | Look
  | Refused;

/** The names of the commands that leave every plan as it is. */
export type Harmless = "read" | "look" | "refused";

/** What a button asks of the page, by the name of its attribute. */
export type PressName =
  | "undo"
  | "redo"
  | "retry"
  | "later"
  | "close"
  | "understood"
  | "print"
  | "untry"
  | "unread"
  | "collapse"
  | "fill"
  | "give"
  | "copy"
  | "share";

/** What is done with the plans that the reader's browser keeps. */
export type PlanPress =
  | { keep: true }
  | { leave: true }
  | { aside: true }
  | { open: string }
  | {
      /** the plan document, as it begins */
      create: Json;
    }
  | {
      /** the plan document, as it begins */
      another: Json;
    }
  | { duplicate: string; title: string }
  | { remove: string }
  | { restore: true }
  | { revert: true }
  | { import: true }
  | { decline: true };

export type FileName = "plan.json" | "brief.md" | "issues.csv" | "plan.xlsx";

/** A question about one plan document; what is left out counts as not said. */
export type Request = {
  /** comes back with the answer */
  id?: Json;
  /** a plan document, as typed */
  plan?: Json;
  /** what is done to the plan before it is shown */
  do?: Command | null;
  /** the panels on the page; all where none is named */
  panels?: string[];
  /** those to answer about at once; else all of them */
  now?: string[];
  /** the file that the reader asks for */
  give?: FileName | null;
  /** leads from the page to the site's root */
  base?: string;
  /** whether the plan is the reader's, not the example */
  own?: boolean;
  /** the address being typed in: its problem waits */
  typing?: string | null;
  locale?: Locale;
  /** the HTML ids of long rows that stand open */
  open?: string[];
  /** what-if figures as typed, by address */
  trial?: { [key: string]: string };
  /** the plan to compare with */
  other?: Json;
  other_id?: string;
  /** a list that is shown beside the plan */
  list?: ListFile | null;
  /** those that the reader's browser keeps */
  plans?: PlanEntry[];
  /** whether the plan came by a link and is looked at */
  visiting?: boolean;
  /** what was refused before, and is to be read still */
  still?: string[];
  /** whether what an answer needs could not be fetched */
  lacking?: boolean;
};

/** How the reader's browser writes figures. */
export type Locale = {
  decimal?: string;
  group?: string;
  /** of the groups, from the last one on */
  sizes?: number[];
  /** whether the currency stands before an amount */
  before?: boolean;
  /** between an amount and its currency */
  gap?: string;
  /** what stands behind a percentage */
  share?: string;
};

/** A list that is shown and not taken yet: a file's bytes, or a text. */
export type ListFile = {
  /** of the file; empty for what was pasted */
  name: string;
  base64?: string;
  text?: string;
  /** how the reader has it read, by what is chosen */
  choices?: { [key: string]: string };
};

/** A plan that the reader's browser keeps. */
export type PlanEntry = {
  id: string;
  title: string;
  /** in ms since 1970 */
  changed: number;
  current: boolean;
};

/** What Python answers; a plan that cannot be read comes back as it came. */
export type Answer = {
  id: Json;
  /** the plan, with typed numbers as numbers */
  plan: Json;
  /** the HTML of each panel, by its name */
  html: { [key: string]: string };
  problems: ProblemText[];
  /** the conclusion, for a screen reader */
  says: string;
  /** the problems, for a screen reader */
  warns: string[];
  /** where members went, by address; null for one that is gone */
  moved: { [key: string]: string | null };
  /** the HTML id of where the reader continues */
  focus: string | null;
  /** whether what was asked was refused */
  refused: boolean;
  /** what was refused, until the reader continues */
  still: string[];
  /** whether a list is shown that is not taken yet */
  reads: boolean;
  /** what the command did */
  did: Notice | null;
  file: PlanFile | null;
  /** why panels could not be worked out, by name */
  failed: { [key: string]: string };
};

/** A problem: which answer needs another look, and what to enter instead. */
export type ProblemText = {
  /** its address; empty for the document as a whole */
  at: string;
  says: string;
};

/** What a command did, in a line, and what undo takes back. */
export type Notice = {
  says: string;
  /** the last change, a plan of its own, or nothing at all */
  undo: "step" | "plan" | "nothing";
};

/** A file to save: its text, or its bytes in base64. */
export type PlanFile = { name: string; type: string; text?: string; base64?: string };
