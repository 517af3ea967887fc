"""The measuring itself: the same lines in CPython, in Node and in Chromium.

Needs the planner and a little of the standard library, so that it also runs on what
ships to a browser. The work comes and the times go as JSON.
"""

import json
from time import perf_counter
from typing import Any

from planner.advice.advice import advise
from planner.analyses.analysis import Analysis
from planner.analyses.frontier import frontier
from planner.plan.document import read_draft
from planner.show.brief import as_markdown


def brief(document: dict[str, Any]) -> str:
    """All of ``python -m planner advise``, from the document to the text."""
    draft = read_draft(document)
    analysis = Analysis(draft.plan)
    return as_markdown(draft, analysis, advise(analysis))


DO: dict[str, Any] = {"frontier": frontier, "advise": brief}


def measure(text: str) -> str:
    """Milliseconds of each job in each round, the jobs taking turns.

    A job is ``{"name", "do", "with": [inputs]}``; a round does it once with each
    input, after one round that does not count.
    """
    work = json.loads(text)
    jobs, rounds = work["jobs"], work["rounds"]
    times: dict[str, list[list[float]]] = {
        job["name"]: [[] for _ in job["with"]] for job in jobs
    }
    for count in range(-1, rounds):
        for job in jobs:
            for n, given in enumerate(job["with"]):
                start = perf_counter()
                DO[job["do"]](given)
                took = 1000 * (perf_counter() - start)
                if count >= 0:
                    times[job["name"]][n].append(took)
    return json.dumps(times)
