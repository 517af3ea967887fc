// Prints which modules of the standard library the planner needs in the browser:
// those that Python has loaded after it has started there and answered, in words
// that reach every part; then those that writing workbooks needs besides. Run by
// `make modules`, which keeps both lists in modules.txt.

import { readFileSync } from "node:fs";
import { loadPyodide } from "pyodide";

const [archive] = process.argv.slice(2);
const REHEARSAL = `
import base64, sys, json
from planner.respond import respond

here = "/lib/python313.zip/"

def loaded():
    files = (getattr(m, "__file__", None) or "" for m in list(sys.modules.values()))
    return {file.split(here)[1] for file in files if here in file}

requests = [
    {"id": 1},
    {"id": 2, "plan": {"format": "negotiation-plan/1"}, "own": True},
    {"id": 3, "plan": {"format": "another"}},
    {"id": 4, "do": {"remove": "/issues/0"}},
    {"id": 5, "do": {"open": "{"}},
    {"id": 6, "plan": {"format": "negotiation-plan/1", "issues": [{"weight": {"us": "x"}}]}},
    {"id": 9, "give": "issues.csv"},
    {"id": 10, "do": {"paste": "/issues/0/name", "text": "a\tb"}},
    {"id": 11, "do": {"read": True}, "list": {"name": "", "text": "a\tb"}},
    {"id": 12, "do": {"starter": "supply"}, "give": "brief.md"},
]
for request in requests:
    respond(json.dumps(request))
def listed(data):
    file = {"name": "x", "base64": base64.b64encode(data).decode()}
    return json.loads(respond(json.dumps({"id": 8, "do": {"read": True}, "list": file})))

for encoding in ("utf-8", "utf-16", "utf-16-le", "utf-16-be"):
    assert listed("Issue\tä".encode(encoding))["reads"], encoding
assert listed("Issue\tä".encode("cp1252"))["reads"]
assert listed(b"Issue\t\\xb0\\xa1")["reads"]  # letters in every system
listed(b"PK\x03\x04")
respond("{")
first = loaded()

# Workbooks, out: what they need besides. Those that come in need nothing of it.
made = json.loads(respond(json.dumps({"id": 7, "give": "plan.xlsx"})))["file"]
second = loaded()
answer = listed(base64.b64decode(made["base64"]))
assert answer["reads"], answer["problems"]
assert loaded() == second, loaded() - second
json.dumps([sorted(first), sorted(second - first)])
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
console.log(JSON.stringify([version, ...JSON.parse(printed)]));

/** @param {import("pyodide").PyodideInterface} py */
function minor(py) {
  return py.runPython("import sys; f'{sys.version_info[0]}{sys.version_info[1]}'");
}
