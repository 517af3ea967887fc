// On a page that has moved: leads to the new place, with the fragment that was asked for,
// or what stands in for it there. A refresh alone, which is for browsers without scripts,
// would lose it.

const link = /** @type {HTMLAnchorElement} */ (document.querySelector("a"));
const headings = JSON.parse(link.dataset.headings ?? "{}");
const asked = location.hash.slice(1);
if (asked) link.hash = headings[asked] ?? asked;
location.replace(link.href);
