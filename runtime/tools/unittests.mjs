// Runs the planner's unit tests in the Python that browsers get: Pyodide, in Node.
// The repository and the packages of its environment are mounted, not copied.
//
//   node runtime/tools/unittests.mjs SITE_PACKAGES [FILE OF TESTS]...

import { dirname } from "node:path";
import { loadPyodide } from "pyodide";

const [packages, ...chosen] = process.argv.slice(2);
const python = await loadPyodide({
  packageBaseUrl: "./",
  enableRunUntilComplete: false,
  env: {
    HOME: "/tmp",
    PYTHONDONTWRITEBYTECODE: "1",
    PYTEST_DISABLE_PLUGIN_AUTOLOAD: "1",
  },
});
python.mountNodeFS("/parley", dirname(dirname(import.meta.dirname)));
python.mountNodeFS("/packages", packages);
python.globals.set("chosen", python.toPy(chosen));
process.exitCode = python.runPython(`
import os, sys
os.chdir("/parley")
sys.path[:0] = ["/parley", "/packages"]
from runtime.tools.unittests import main
main(chosen)
`);
