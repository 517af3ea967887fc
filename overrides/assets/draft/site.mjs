// This site among others of its origin, with which it shares the browser's storage.

/** The path of this site; we are bundled into its assets/runtime/. */
const SITE = new URL("../../", import.meta.url).pathname;

/**
 * Name something that this site keeps, as the service worker names its caches.
 *
 * @param {string} part
 */
export function nameOf(part) {
  return `parley:${SITE}:${part}`;
}
