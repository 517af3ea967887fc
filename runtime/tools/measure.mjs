// Measures in Node, in the Python and with the archive that ship to browsers: the
// jobs of `make bench`, done by bench/measure.py. Prints their times as JSON.
//
//   node runtime/tools/measure.mjs ARCHIVE LOCK MEASURE WORK

import { readFileSync } from "node:fs";
import { loadPyodide } from "pyodide";

const [archive, lock, measure, work] = process.argv.slice(2);
const python = await loadPyodide({
  stdLibURL: archive,
  lockFileContents: { ...JSON.parse(readFileSync(lock, "utf8")), packages: {} },
  packageBaseUrl: "./",
  enableRunUntilComplete: false,
});
python.runPython(readFileSync(measure, "utf8"));
console.log(python.globals.get("measure")(readFileSync(work, "utf8")));
