// A plan that came by a link, until Python has shown it: its name stands there, and
// nothing of another plan. An inline script says so before ours have come (main.html).

/** @typedef {import("../draft/address.mjs").Json} Json */

const page = document.documentElement;

/**
 * Hide what is on the page: another plan is on its way.
 *
 * @param {boolean} comes
 */
export function awaitSent(comes) {
  if (!comes) delete page.dataset.sent;
  else page.dataset.sent ??= "";
}

/**
 * Say which plan it is.
 *
 * @param {HTMLElement} root
 * @param {string} text
 */
export function nameSent(root, text) {
  for (const part of root.querySelectorAll("[data-sent-name]"))
    part.textContent = titleIn(text);
  page.dataset.sent = "named";
}

/** @param {string} text */
function titleIn(text) {
  /** @type {Json} */
  const plan = JSON.parse(text);
  const title = plan && typeof plan === "object" && "title" in plan ? plan.title : "";
  return typeof title === "string" && title.trim() ? title : "A plan without a title";
}
