// How the reader's browser writes figures and dates.

/**
 * @typedef {object} Spelling as planner/words/figures.py takes it
 * @property {string} decimal
 * @property {string} group
 * @property {number[]} sizes digits in a group, from the right; the last one repeats
 * @property {boolean} before whether a currency's sign stands before the amount
 * @property {string} gap what stands between the two
 * @property {string} share what follows a percentage
 */

/**
 * How figures are written in a language, in the digits 0 to 9.
 *
 * @param {string | undefined} language the browser's own, where none is given
 * @returns {Spelling}
 */
export function spelling(language) {
  const parts = (
    /** @type {Intl.NumberFormatOptions} */ options,
    /** @type {number} */ value,
  ) =>
    new Intl.NumberFormat(language, {
      ...options,
      numberingSystem: "latn",
    }).formatToParts(value);
  const number = parts({ minimumFractionDigits: 1 }, 12345678901.5);
  const price = parts({ style: "currency", currency: "EUR" }, 1);
  const share = parts({ style: "percent" }, 0.5);
  const groups = number.filter(({ type }) => type === "integer").map((p) => p.value);
  return {
    decimal: text(number, "decimal") || ".",
    group: text(number, "group"),
    sizes: groups.length > 1 ? groups.slice(-2).reverse().map(lengthOf) : [3],
    before: place(price, "currency") < place(price, "integer"),
    gap: text(price, "literal").slice(0, 1),
    share: after(share, "integer") || "%",
  };
}

/** @param {string} digits */
const lengthOf = (digits) => digits.length;

/**
 * @param {Intl.NumberFormatPart[]} parts
 * @param {string} type
 */
const text = (parts, type) => parts.find((part) => part.type === type)?.value ?? "";

/**
 * @param {Intl.NumberFormatPart[]} parts
 * @param {string} type
 */
const place = (parts, type) => parts.findIndex((part) => part.type === type);

/**
 * @param {Intl.NumberFormatPart[]} parts
 * @param {string} type
 */
const after = (parts, type) =>
  parts
    .slice(place(parts, type) + 1)
    .map(({ value }) => value)
    .join("");

const DAY = 24 * 3600 * 1000; // ms

/**
 * Say on which day something was, as seen from now: today, yesterday, 3 days ago.
 *
 * @param {number} moment in ms since 1970
 * @param {number} now in ms since 1970
 */
export function sayAgo(moment, now) {
  const days = Math.round((startOfDay(moment) - startOfDay(now)) / DAY);
  // In the language of the words around it, which is the page's.
  const { lang } = document.documentElement;
  return new Intl.RelativeTimeFormat(lang, { numeric: "auto" }).format(days, "day");
}

/** @param {number} moment */
const startOfDay = (moment) => new Date(moment).setHours(0, 0, 0, 0);

/**
 * Write the days and moments in Python's HTML as the reader's language does.
 *
 * @param {ParentNode} html
 */
export function writeDates(html) {
  const day = new Intl.DateTimeFormat(undefined, {
    dateStyle: "medium",
    timeZone: "UTC",
  });
  const moment = new Intl.DateTimeFormat(undefined, {
    dateStyle: "medium",
    timeStyle: "short",
  });
  const today = new Intl.DateTimeFormat(undefined, { dateStyle: "long" });
  for (const time of html.querySelectorAll("time")) {
    const { moment: at } = time.dataset;
    if (at) time.textContent = moment.format(Number(at));
    else if ("today" in time.dataset) time.textContent = today.format();
    else if (time.dateTime) time.textContent = day.format(new Date(time.dateTime));
  }
}
