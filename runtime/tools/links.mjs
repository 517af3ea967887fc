// Reads links as the page does: one a line of JSON, answered by a line of JSON.

import { createInterface } from "node:readline";
import { planIn } from "../../overrides/assets/border/share.mjs";

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await planIn(JSON.parse(line))));
}
