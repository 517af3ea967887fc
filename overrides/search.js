/**
 * The theme's search worker, asked without the words that every page has.
 *
 * The theme looks for each word as the beginning of one, so that “how to say no” would
 * find “together” and “north”. A question of such words alone is left as it is.
 */

const QUERY = 2; // the theme's number for a message that asks

const EVERYWHERE = new Set(
    [
        "a about after all also am an and any are as ask at be because been before but by can",
        "could did do does for from get give go had has have he her him his how i if in into",
        "is it its just let like make may me my negotiate negotiating negotiation negotiations",
        "no not now of off on or our out say she should",
        "so some take than that the their them then there these they this to too up us very",
        "want wants was way we were what when where which while who why will with would you",
        "your",
    ].flatMap((line) => line.split(" ")),
);

// What is asked in words that no index keeps, in others.
const MEANT = [
    { said: /\bsay(ing)? no\b/gi, meant: "refuse" },
    { said: /\bsay(ing)? sorry\b/gi, meant: "apologise" },
    { said: /\bwhat\b.*\bsay\b/gi, meant: "wording" },
];

/** @param {string} asked */
function telling(asked) {
    const meant = MEANT.reduce(
        (text, { said, meant }) => text.replace(said, meant),
        asked,
    );
    const words = meant.split(/\s+/);
    const kept = words.filter((word) => !EVERYWHERE.has(word.toLowerCase()));
    return kept.join(" ") || asked;
}

addEventListener("message", ({ data }) => {
    if (data.type === QUERY) data.data = telling(data.data);
});

// Tags are words to find a page by, not to read: the theme would show each as a label.
/** @typedef { { tags?: string[] } } Found */
/** @typedef { { items: Found[][] } } Answer */
const RESULT = 3; // the theme's number for a message that answers
const post = postMessage.bind(self);

/** @param { { type: number, data: Answer } } message */
self.postMessage = (message) => {
    const found = message.type === RESULT ? message.data.items.flat() : [];
    for (const place of found) delete place.tags;
    post(message);
};

// Filled in by the build: the name has a hash of the theme's version. It lies beside this
// file, whose address the page has told: our own begins with `blob:`. The type is
// spelled so that the build, which fills in what stands in two braces, passes it by.
const { SEARCH } = /** @type {Partial<Record<"SEARCH", string>>} */ (globalThis);
importScripts(new URL("{{ config.extra.search_worker }}", SEARCH).href);
