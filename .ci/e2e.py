#!/usr/bin/env python3
"""The Action against a strict local GitHub: what a team sees over two pushes and a pull request, every event, forks,
artifacts.

usage: e2e.py BINARY [STORY…]      with the simulator in $READINESS_SHARED/github-sim

Prints what was proved, one line each; exits 1 when something does not hold.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from e2e_events import STORIES
from e2e_policy import STORIES as POLICIES
from e2e_world import World, budget, check, data_files, failures, scenario, shas, violations
from simctl import Sim

GREEN = {"test_add": True, "test_sub": True, "test_mul": True}
RED = {**GREEN, "test_mul": False, "test_div": True}
FULL = {"src/calc.py": [1, 1, 1, 1, 1, 0]}
WITH_PATCH = {"src/calc.py": [1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 1], "src/stats.py": [1, 1]}


def pushes(world: World, push: dict[str, str], commits: list[str]) -> None:
    world.evidence(GREEN, FULL)
    for run, commit in enumerate(commits, 1001):
        done = world.run(**push, GITHUB_SHA=commit, GITHUB_RUN_ID=str(run))
        check(f"push {run} passes", done.code == 0, (done.code, done.log))
        check(f"push {run} leaves one line", len(world.lines()) == run - 1000, world.lines())
    again = world.run(**push, GITHUB_SHA=commits[-1], GITHUB_RUN_ID=str(1000 + len(commits)), GITHUB_RUN_ATTEMPT="2")
    lines = world.lines()
    check("a rerun passes", again.code == 0, again.log)
    check("a rerun replaces its own line", [line["attempt"] for line in lines] == [1, 2], lines)
    check("the lines name their commits in order", [line["sha"] for line in lines] == commits, lines)
    pages = {"README.md", "badge.json", "badge.svg", "trend.svg"}
    files = data_files(world.sim.admin.state(contents=True))
    check("the data branch has its pages", pages <= set(files), files)


def pull_request(world: World, head: str, merge_base: str) -> None:
    world.evidence(RED, WITH_PATCH)
    first = world.run()
    report = first.report or {}
    check("a pull request with a new failure fails the gate", first.code == 1, (first.code, first.log))
    check("it is compared with its merge base", (report.get("base") or {}).get("sha") == merge_base, report.get("base"))
    check("the merge base is at distance 0", (report.get("base") or {}).get("distance") == 0, report.get("base"))
    check("it has a delta", report.get("delta") is not None and first.outputs["delta"] != "", first.outputs)
    check("it has patch coverage", bool(((report.get("coverage") or {}).get("patch"))), report.get("coverage"))
    check("one comment is there", len(world.comments()) == 1, world.comments())
    check("its status ends in failure", world.statuses(head) == ["pending", "failure"], world.statuses(head))
    check("the outputs name the comment", "#issuecomment-" in first.outputs.get("comment-url", ""), first.outputs)
    budget("the first run", first)

    world.evidence({**RED, "test_mul": True}, WITH_PATCH)
    second = world.run(GITHUB_RUN_ATTEMPT="2")
    check("the fixed pull request passes", second.code == 0, (second.code, second.log))
    check("still one comment", len(world.comments()) == 1, len(world.comments()))
    check("the comment speaks of the second attempt", "attempt=2" in world.comments()[0]["body"], world.comments())
    expected = ["pending", "failure", "pending", "success"]
    check("the status history ends in success", world.statuses(head) == expected, world.statuses(head))
    budget("the second run", second)
    check("the job summary holds the report", "Readiness" in second.summary, second.summary[:200])
    check("the runner understands the command files", not first.problems + second.problems, second.problems)

    third = world.run(GITHUB_RUN_ATTEMPT="3")
    writes = [r for r in third.requests if r["method"] == "PATCH"]
    check("an unchanged comment is not written again", third.code == 0 and not writes, writes)


def team(binary: Path, folder: Path) -> None:
    """Two pushes to main, a rerun, then a pull request that left main before the second push."""
    pushed = scenario(folder / "push", "--event", "push", "--base-moves", "1")
    review = scenario(folder / "pull", "--event", "pull_request", "--base-moves", "1")
    names = shas(review)
    with Sim(review / "scenario.json") as sim:
        world = World(binary, review, sim)
        payload = (pushed / "event.json.in").read_text()
        (folder / "push.json").write_text(payload.replace("@API_URL@", sim.url))
        push = {
            "GITHUB_EVENT_NAME": "push",
            "GITHUB_EVENT_PATH": str(folder / "push.json"),
            "GITHUB_REF": "refs/heads/main",
        }
        pushes(world, push, [names["fork_point"], names["base"]])
        pull_request(world, names["head"], names["fork_point"])
        violations(world)


def read_only(binary: Path, folder: Path) -> None:
    """A fork's pull request: nothing can be written, everything is said."""
    fork = scenario(folder / "fork", "--event", "pull_request", "--fork")
    with Sim(fork / "scenario.json") as sim:
        world = World(binary, fork, sim)
        world.evidence(GREEN, WITH_PATCH)
        done = world.run()
        check("with a read-only token the gate decides", done.code == 0, (done.code, done.log))
        check("nothing is written", not world.comments() and not sim.admin.repo()["statuses"], world.comments())
        check("the summary holds the report", "Readiness" in done.summary, done.summary[:200])
        check("the summary says how to get the comment", "workflow_run" in done.summary, done.summary[-800:])
        check("the outputs are there", done.outputs.get("outcome") == "pass", done.outputs)
        budget("the read-only run", done)
        violations(world)


def without_evidence(binary: Path, folder: Path) -> None:
    empty = scenario(folder / "empty", "--event", "pull_request")
    head = shas(empty)["head"]
    with Sim(empty / "scenario.json") as sim:
        world = World(binary, empty, sim)
        done = world.run()
        check("no evidence is exit 2", done.code == 2, (done.code, done.log))
        check("its status ends in error", world.statuses(head) == ["pending", "error"], world.statuses(head))
        check("the summary says what was tried", "junit" in done.summary, done.summary)
        check("its outcome is error", done.outputs.get("outcome") == "error", done.outputs)
        violations(world)


def main() -> int:
    binary, only = Path(sys.argv[1]).resolve(), sys.argv[2:]
    with tempfile.TemporaryDirectory() as folder:
        for story in (team, read_only, without_evidence, *STORIES, *POLICIES):
            if not only or story.__name__ in only:
                print(f"--- {story.__name__}")
                story(binary, Path(folder))
    print(f"{len(failures)} of the above do not hold" if failures else "all of the above hold")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
