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
        "is it its just let like make may me my no not now of off on or our out say she should",
        "so some take than that the their them then there these they this to too up us very",
        "want wants was way we were what when where which while who why will with would you",
        "your",
    ].flatMap((line) => line.split(" ")),
);

/** @param {string} asked */
function telling(asked) {
    const words = asked.split(/\s+/);
    const kept = words.filter((word) => !EVERYWHERE.has(word.toLowerCase()));
    return kept.join(" ") || asked;
}

addEventListener("message", ({ data }) => {
    if (data.type === QUERY) data.data = telling(data.data);
});

// Filled in by the build: the name has a hash of the theme's version. It lies beside this
// file, whose address the page has told: our own begins with `blob:`.
const worker = "{{ config.extra.search_worker }}";
importScripts(new URL(worker, Reflect.get(globalThis, "SEARCH")).href);
