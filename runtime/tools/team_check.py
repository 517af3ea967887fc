"""Check a built site before it is deployed: ``make team-check``.

What a team changes may break what no Markdown checker sees: a link out of a panel, the
policy in a page, a page that asks another host, Python in a reader's browser. Nothing
here depends on the site's name, its words or colours, or on how much the planner knows.
"""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from runtime.bundle import finish, policy
from runtime.bundle.links import ROOT, Site, complaints_about, panels
from runtime.tools import visits

type Check = tuple[str, Callable[[Site], Iterable[str]], Callable[[Site], str]]


def main(given: list[str]) -> int:
    """Check the site in a folder; the exit status is 1 where something is wrong."""
    folder = Path(given[0]) if given else ROOT / "site"
    site = Site(folder)
    if not (folder / "index.html").is_file():
        print(f"{folder}/ holds no site: run `make build` first", file=sys.stderr)
        return 1
    complaints: list[str] = []
    for name, check, fine in CHECKS:
        found = list(check(site))
        complaints += found
        print(f"{name}: {f'{len(found)} to mend, told below' if found else fine(site)}")
    sys.stdout.flush()
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return 1 if complaints else 0


def _links(site: Site) -> str:
    planned = f"those in {len(panels())} renderings of the planner included"
    return f"{sum(1 for _ in site.links()):,} lead somewhere, {planned}"


def _pages(site: Site) -> str:
    return f"all {len(site.pages)} pages have the policy, and it fits their scripts"


def _files(site: Site) -> str:
    files = sum(1 for path in site.folder.rglob("*") if path.is_file())
    return f"none of {files} files makes a browser ask one"


def _opened(site: Site) -> str:
    planner = visits.planner_page(site)
    answered = f"Python answered on {planner}" if planner else "none has the planner"
    return f"{len(site.pages)} pages opened without a complaint; {answered}"


CHECKS: tuple[Check, ...] = (
    ("Links", complaints_about, _links),
    ("Policy", lambda site: policy.complaints_about(site.folder), _pages),
    ("Other hosts", lambda site: finish.complaints_about(site.folder), _files),
    ("Browser", visits.complaints_about, _opened),
)

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
