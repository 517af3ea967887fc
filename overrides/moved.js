// On a page that has moved: leads to the new place, with the fragment that was asked for.
// A refresh alone, which is for browsers without scripts, would lose it.

const link = /** @type {HTMLAnchorElement} */ (document.querySelector("a"));
if (location.hash) link.hash = location.hash;
location.replace(link.href);
