// Points of a chart: one tab stop a chart, arrow keys from point to point, and what a
// point stands for shown below on hover, focus and tap. The words are Python's.

const STEPS = new Map([
  ["ArrowRight", 1],
  ["ArrowDown", 1],
  ["ArrowLeft", -1],
  ["ArrowUp", -1],
]);
const REACH = 20; // px from the pointer to the point that it means; a finger is wide

/**
 * @param {HTMLElement} root
 * @param {AbortSignal} signal
 */
export function walkPoints(root, signal) {
  root.addEventListener("focusin", ({ target }) => show(pointOf(target)), { signal });
  root.addEventListener("pointermove", (event) => show(meant(event)), { signal });
  root.addEventListener("click", (event) => visit(meant(event)), { signal });
  root.addEventListener("keydown", (event) => step(event), { signal });
}

/**
 * Say anew what the reader's points stand for, once their charts were drawn anew.
 *
 * @param {Element} root
 */
export function showAgain(root) {
  for (const point of root.querySelectorAll(".parley-point[data-near]")) show(point);
}

/** @param {EventTarget | null} target */
function pointOf(target) {
  return target instanceof Element ? target.closest(".parley-point") : null;
}

/** @param {Element | null | undefined} within */
function pointsOf(within) {
  return [...(within?.closest("svg")?.querySelectorAll(".parley-point") ?? [])];
}

/**
 * The point under the pointer, else the nearest one within reach.
 *
 * @param {MouseEvent} event
 */
function meant(event) {
  const { target } = event;
  const chart = target instanceof Element && target.closest(".parley-chart svg");
  if (!chart) return null;
  const found = pointOf(target);
  if (found) return found;
  let nearest = null;
  let least = REACH;
  for (const point of pointsOf(chart)) {
    const away = distance(point, event);
    if (away > least) continue;
    nearest = point;
    least = away;
  }
  return nearest;
}

/**
 * How far the pointer is from the shape of a point; its label does not count.
 *
 * @param {Element} point
 * @param {MouseEvent} pointer
 */
function distance(point, { clientX, clientY }) {
  const shape = point.querySelector("circle, rect") ?? point;
  const { left, right, top, bottom } = shape.getBoundingClientRect();
  const across = Math.max(left - clientX, 0, clientX - right);
  const along = Math.max(top - clientY, 0, clientY - bottom);
  return Math.hypot(across, along);
}

/** @param {Element | null} point */
function show(point) {
  const shown = point?.closest("figure")?.querySelector("[data-shown]");
  const says = point?.getAttribute("aria-label") ?? "";
  if (!shown || shown.textContent === says) return;
  for (const each of pointsOf(point)) each.toggleAttribute("data-near", each === point);
  shown.textContent = says;
}

/**
 * Go to a point, so that the arrow keys walk on from there.
 *
 * @param {Element | null | undefined} point
 */
function visit(point) {
  if (!(point instanceof SVGElement)) return;
  for (const each of pointsOf(point)) {
    each.setAttribute("tabindex", each === point ? "0" : "-1");
  }
  point.focus();
}

/** @param {KeyboardEvent} event */
function step(event) {
  const point = pointOf(event.target);
  const points = pointsOf(point);
  const here = point ? points.indexOf(point) : -1;
  if (here < 0) return;
  const steps = STEPS.get(event.key);
  const next =
    event.key === "Home"
      ? points[0]
      : event.key === "End"
        ? points.at(-1)
        : steps && points.at((here + steps) % points.length);
  if (!(next instanceof SVGElement)) return;
  event.preventDefault();
  visit(next);
}
