// Answers for the tests as the page does: what a link holds, what a file has too much of.
// A question a line, in JSON; so are the answers.

import { createInterface } from "node:readline";

/** @type {any} */ (globalThis).PARLEY_LIMITS = JSON.parse(process.argv[2]);
const { contentOf } = await import("../../overrides/assets/border/gate.mjs");
const { linkOf, planIn } = await import("../../overrides/assets/border/share.mjs");

/** @param {{ link?: string, file?: string, plan?: any }} question */
async function answer({ link, file, plan }) {
  if (link !== undefined) return planIn(link);
  if (plan !== undefined) return { link: await linkOf(plan, "") };
  return contentOf(new File([file ?? ""], "plan.json"));
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await answer(JSON.parse(line))));
}
