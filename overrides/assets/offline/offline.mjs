// <parley-offline> says what this device keeps, <parley-renewal> that there is more.

import { Keeper } from "./keeper.mjs";

// One for all pages: instant navigation keeps this module alive.
const keeper = new Keeper();
const TENTHS = new Intl.NumberFormat(undefined, {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

/** In every page's foot, a new one after each instant navigation. */
class ParleyOffline extends HTMLElement {
  /** @type {AbortController | undefined} */
  #connection;

  connectedCallback() {
    this.#connection = new AbortController();
    const { signal } = this.#connection;
    keeper.addEventListener("kept", () => this.#show(), { signal });
    this.addEventListener("click", (event) => this.#pressed(event), { signal });
    this.#show();
    // A reader may go from page to page for days without a page being loaded.
    keeper.lookForNewer();
  }

  disconnectedCallback() {
    this.#connection?.abort();
  }

  /** @param {MouseEvent} event */
  #pressed(event) {
    const button = /** @type {Element} */ (event.target).closest("button");
    if (!button) return;
    const section = /** @type {HTMLElement | null} */ (button.closest("section"));
    // The button goes away; from now on the reader wants to hear what becomes of it.
    section?.setAttribute("aria-live", "polite");
    section?.focus();
    if ("remove" in button.dataset) keeper.remove();
    else keeper.keepAll();
  }

  #show() {
    this.hidden = keeper.kept === "unknown";
    for (const part of this.querySelectorAll("[data-offline]")) {
      const when = part.getAttribute("data-offline")?.split(" ") ?? [];
      part.toggleAttribute("hidden", !when.includes(keeper.kept));
    }
    // Before the first worker has counted the files, nobody knows how many they are.
    if (!keeper.left) this.querySelector("[data-size]")?.setAttribute("hidden", "");
    for (const bar of this.querySelectorAll("progress")) {
      bar.max = keeper.total || 1;
      bar.value = keeper.done;
    }
    this.#fill("[data-kept]", keeper.done);
    this.#fill("[data-total]", keeper.total);
    this.#fill("[data-left]", keeper.left);
  }

  /**
   * @param {string} where
   * @param {number} bytes
   */
  #fill(where, bytes) {
    const megabytes = TENTHS.format(bytes / 1e6);
    for (const part of this.querySelectorAll(where))
      if (part.textContent !== megabytes) part.textContent = megabytes;
  }
}

/** Below the head of the page, through all instant navigation. */
class ParleyRenewal extends HTMLElement {
  connectedCallback() {
    keeper.addEventListener("renewal", () => this.#show());
    this.addEventListener("click", (event) => this.#pressed(event));
    this.#show();
  }

  /** @param {MouseEvent} event */
  #pressed(event) {
    const button = /** @type {Element} */ (event.target).closest("button");
    if (!button) return;
    if ("later" in button.dataset) keeper.later();
    else keeper.renew(button.dataset.renew === "anyway");
  }

  #show() {
    for (const part of this.querySelectorAll("[data-renewal]")) {
      const shown = part.getAttribute("data-renewal") === keeper.renewal;
      part.toggleAttribute("hidden", !shown);
    }
  }
}

/** Once the planner has run here, it is kept. */
function keepWhatRuns() {
  const ran = () => document.querySelector("parley-panel[ready]") !== null;
  const watch = new MutationObserver(() => {
    if (!ran()) return;
    watch.disconnect();
    keeper.keepRuntime();
  });
  const options = { subtree: true, attributes: true, attributeFilter: ["ready"] };
  watch.observe(document.body, options);
  if (ran()) keeper.keepRuntime();
}

/** After everything that the page itself needs. */
function whenIdle() {
  return new Promise((resolve) => {
    const idle = globalThis.requestIdleCallback ?? setTimeout;
    if (document.readyState === "complete") idle(resolve);
    else addEventListener("load", () => idle(resolve), { once: true });
  });
}

customElements.define("parley-offline", ParleyOffline);
customElements.define("parley-renewal", ParleyRenewal);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") keeper.lookForNewer();
});
await whenIdle();
await keeper.start();
keepWhatRuns();
