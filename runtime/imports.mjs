// Prints which modules of the standard library the planner needs in the browser:
// those that Python has loaded after it has started there and answered, in words
// that reach every part. Run by `make modules`, which keeps them in modules.txt.

import { readFileSync } from "node:fs";
import { loadPyodide } from "pyodide";

const [archive] = process.argv.slice(2);
const REHEARSAL = `
import sys, json
from planner.respond import respond

requests = [
    {"id": 1},
    {"id": 2, "plan": {"format": "negotiation-plan/1"}, "own": True},
    {"id": 3, "plan": {"format": "another"}},
    {"id": 4, "do": {"remove": "/issues/0"}},
    {"id": 5, "do": {"open": "{"}},
    {"id": 6, "plan": {"format": "negotiation-plan/1", "issues": [{"weight": {"us": "x"}}]}},
]
for request in requests:
    respond(json.dumps(request))
respond("{")
here = "/lib/python313.zip/"
"\\n".join(sorted(
    file.split(here)[1]
    for module in list(sys.modules.values())
    if here in (file := getattr(module, "__file__", None) or "")
))
`;

const python = await loadPyodide({
  stdLibURL: archive,
  lockFileContents: {
    ...JSON.parse(readFileSync(process.argv[3], "utf8")),
    packages: {},
  },
  packageBaseUrl: "./",
  enableRunUntilComplete: false,
});
const version = python.version;
const printed = python.runPython(
  REHEARSAL.replaceAll("python313", `python${minor(python)}`),
);
console.log(`# Pyodide ${version}\n${printed}`);

/** @param {import("pyodide").PyodideInterface} py */
function minor(py) {
  return py.runPython("import sys; f'{sys.version_info[0]}{sys.version_info[1]}'");
}
