// Points of a chart: one tab stop a chart, arrow keys from point to point, and what a
// point stands for shown below on hover, focus and tap. The words are Python's.

const STEPS = new Map([
  ["ArrowRight", 1],
  ["ArrowDown", 1],
  ["ArrowLeft", -1],
  ["ArrowUp", -1],
]);

/**
 * @param {HTMLElement} root
 * @param {AbortSignal} signal
 */
export function walkPoints(root, signal) {
  for (const event of ["pointerover", "focusin", "click"]) {
    root.addEventListener(event, ({ target }) => show(pointOf(target)), { signal });
  }
  root.addEventListener("keydown", (event) => step(event), { signal });
}

/** @param {EventTarget | null} target */
function pointOf(target) {
  return target instanceof Element ? target.closest(".parley-point") : null;
}

/** @param {Element | null} point */
function show(point) {
  const shown = point?.closest("figure")?.querySelector("[data-shown]");
  if (shown) shown.textContent = point?.getAttribute("aria-label") ?? "";
}

/** @param {KeyboardEvent} event */
function step(event) {
  const point = pointOf(event.target);
  const points = [...(point?.closest("svg")?.querySelectorAll(".parley-point") ?? [])];
  const here = point ? points.indexOf(point) : -1;
  if (here < 0) return;
  const steps = STEPS.get(event.key);
  const next =
    event.key === "Home"
      ? points[0]
      : event.key === "End"
        ? points.at(-1)
        : steps && points[here + steps];
  if (!(next instanceof SVGElement)) return;
  event.preventDefault();
  for (const each of points) each.setAttribute("tabindex", each === next ? "0" : "-1");
  next.focus();
}
