"""The workflows: what runs when, and that a team's needs no other than its own."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from runtime.tools.building import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
SITE = ROOT / ".github" / "workflows" / "site.yml"
NEWEST, OLDER = "b" * 40, "a" * 40  # main's commits

each_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


def parsed(path: Path) -> dict[str, Any]:
    # The loader that takes nothing for more than text: else a bare `on` means true.
    workflow: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    return workflow


def steps(path: Path) -> list[dict[str, Any]]:
    jobs = parsed(path)["jobs"].values()
    return [step for job in jobs for step in job["steps"]]


@each_workflow
def test_every_action_is_pinned_and_says_its_version(path: Path) -> None:
    used = re.findall(r"uses: (.*)", path.read_text("utf-8"))
    assert used
    for action in used:
        assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action)


@each_workflow
def test_a_workflow_may_do_no_more_than_its_jobs_ask_for(path: Path) -> None:
    workflow = parsed(path)
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert job["permissions"]
        assert job["timeout-minutes"]
    for step in steps(path):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"] == {"persist-credentials": "false"}


def test_what_is_deployed_is_the_build_that_was_checked() -> None:
    build, deploy = (parsed(SITE)["jobs"][name] for name in ("build", "deploy"))
    done = [
        step.get("run") or step["uses"].partition("@")[0] for step in build["steps"]
    ]
    assert done[-3:] == [
        "make build",
        "make team-check SITE=site",
        "actions/upload-pages-artifact",
    ]
    assert build["steps"][-1]["with"] == {"path": "site"}
    assert deploy["needs"] == "build"
    assert not any("run" in step for step in deploy["steps"])


def test_the_site_needs_no_other_workflow() -> None:
    """A reusable one that is missing would stop it, even where its job is skipped."""
    commands = re.sub(r"#.*", "", SITE.read_text("utf-8"))
    others = {path.name for path in WORKFLOWS} - {SITE.name}
    assert not [name for name in others if name in commands]
    assert "./" not in commands
    assert all("uses" not in job for job in parsed(SITE)["jobs"].values())


def test_what_it_can_wait_for_is_there_and_tests_pushes_and_requests() -> None:
    (awaited,) = parsed(SITE)["on"]["workflow_run"]["workflows"]
    (tests,) = [path for path in WORKFLOWS if parsed(path)["name"] == awaited]
    assert parsed(tests)["on"] == {"push": {"branches": ["main"]}, "pull_request": ""}
    assert steps(tests)[-1] == {"run": "make test"}


def run_of(event: str = "push", conclusion: str = "success", sha: str = NEWEST) -> Any:
    """What is known of a run of the tests that ended."""
    return SimpleNamespace(event=event, conclusion=conclusion, head_sha=sha)


@pytest.mark.parametrize(
    ("event", "wait", "tested", "jobs"),
    [
        ("push", "", None, {"build", "deploy"}),
        ("push", "true", None, set()),
        ("pull_request", "", None, {"build"}),
        ("pull_request", "true", None, {"build"}),
        ("workflow_run", "true", run_of(), {"build", "deploy"}),
        ("workflow_run", "", run_of(), set()),
        ("workflow_run", "true", run_of(conclusion="failure"), set()),
        ("workflow_run", "true", run_of(conclusion="cancelled"), set()),
        # Of a request from a fork whose branch is called main as well.
        ("workflow_run", "true", run_of(event="pull_request"), set()),
        ("workflow_run", "true", run_of(sha=OLDER), set()),
    ],
)
def test_a_push_is_deployed_once_and_after_its_tests_if_asked(
    event: str, wait: str, tested: Any, jobs: set[str]
) -> None:
    github = SimpleNamespace(
        event_name=event, sha=NEWEST, event=SimpleNamespace(workflow_run=tested)
    )
    ran: set[str] = set()
    settings = SimpleNamespace(WAIT_FOR_TESTS=wait)
    for name, job in parsed(SITE)["jobs"].items():
        reached = job.get("needs", name) in {name, *ran}
        if reached and holds(job["if"], github=github, vars=settings):
            ran.add(name)
    assert ran == jobs


def holds(condition: str, **known: Any) -> bool:
    """Whether a condition of a workflow holds: Python's, but for two signs."""
    python = condition.replace("&&", " and ").replace("||", " or ")
    return bool(eval(python, {"__builtins__": {}}, known))
