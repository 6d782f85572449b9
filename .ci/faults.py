#!/usr/bin/env python3
"""The Action against a GitHub that misbehaves: every fault of the simulator on every kind of request, once and again
and again, then races, stale runs and cancelled jobs.

usage: faults.py BINARY [PART OF A CASE'S NAME…]      with the simulator in $READINESS_SHARED/github-sim

Whatever happens: at most one comment, the right last status, nothing written twice, no recorded run lost, no token on
another host, and an end in time. Prints what does not hold; exits 1 then.
"""

from __future__ import annotations

import os
import queue
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Callable, NamedTuple

from e2e_world import World, check, data_files, failures, scenario, shas
from faults_races import RACES
from simctl import Sim

GREEN = {"test_add": True, "test_sub": True}
LINES = {"src/calc.py": [1, 1, 1, 1, 1, 0]}
# A run ends after this many seconds, whatever GitHub does; the margin is for a busy machine.
LIMIT = 200
WORKERS = int(os.environ.get("READINESS_FAULT_WORKERS", "6"))

PULL_PATHS = {
    "status": ("POST", "/statuses/"),
    "comment": ("POST", "/issues/7/comments"),
    "check run": ("POST", "/check-runs"),
    "graphql": ("POST", "/graphql"),
    "compare": ("GET", "/compare/"),
    "history": ("GET", "/contents/"),
}
PUSH_PATHS = {
    "history": ("GET", "/contents/"),
    "branch": ("GET", "/git/ref/"),
    "commit": ("POST", "/graphql"),
}
PASSING = (
    "status:500",
    "status:503",
    "status:429",
    "403-secondary",
    "403-primary",
    "drop-connection",
    "truncate-body",
    "slow:2",
    "bad-json",
    "html-error",
    "stale-read",
    "applied-but-502",
    "applied-but-drop",
)
# These take as long as a try may take.
LONG = ("hang", "applied-but-slow:30")
# After these nothing more can be done about a request, but everything else still is.
LASTING = ("status:502", "drop-connection", "bad-json", "html-error", "truncate-body", "403-secondary", "hang")
# A request that these strike is carried out all the same.
HARMLESS = ("slow:1", "stale-read", "applied-but-502", "applied-but-drop")

class Case(NamedTuple):
    name: str
    push: bool
    rules: list[dict]
    expect: str  # "all": everything is there; "judged": the status is; "unable": no evaluation; "ends": it ends in order


def rule(place: tuple[str, str], do: object, **match: object) -> dict:
    return {"match": {"method": place[0], "path_regex": place[1], **match}, "do": do}


def cases() -> list[Case]:
    found = []
    for fault in (*PASSING, *LONG, "conflict-once"):
        for push, places in ((False, PULL_PATHS), (True, PUSH_PATHS)):
            kind = "push" if push else "pull"
            if fault == "conflict-once":
                if push:
                    found.append(Case(f"{kind}: {fault}", push, [rule(PUSH_PATHS["commit"], fault)], "all"))
                continue
            # Once on the first request of each kind, all in one run; then on the second one.
            for nth in (1,) if fault in LONG else (1, 2):
                rules = [rule(place, fault, nth=nth) for place in places.values()]
                if fault in LONG:
                    found += [Case(f"{kind}: {fault} on {what}", push, [r], "all") for what, r in zip(places, rules)]
                else:
                    found.append(Case(f"{kind}: {fault} on request {nth} of each kind", push, rules, "all"))
    for fault in LASTING:
        for what in ("comment", "check run"):
            found.append(Case(f"pull: {what} always {fault}", False, [rule(PULL_PATHS[what], fault)], "judged"))
        for what in ("compare", "history"):
            found.append(Case(f"pull: {what} always {fault}", False, [rule(PULL_PATHS[what], fault)], "judged"))
        found.append(Case(f"pull: graphql always {fault}", False, [rule(PULL_PATHS["graphql"], fault)], "unable"))
        found.append(Case(f"pull: status always {fault}", False, [rule(PULL_PATHS["status"], fault)], "ends"))
        for what, place in PUSH_PATHS.items():
            found.append(Case(f"push: {what} always {fault}", True, [rule(place, fault)], "ends"))
    for fault in HARMLESS:
        if not fault.startswith("applied"):
            found.append(Case(f"pull: everything always {fault}", False, [{"do": fault}], "all"))
            found.append(Case(f"push: everything always {fault}", True, [{"do": fault}], "ends" if "stale" in fault else "all"))
            continue
        writes = [rule(PULL_PATHS[what], fault) for what in ("status", "comment", "check run")]
        found.append(Case(f"pull: writes always {fault}", False, writes, "all"))
        found.append(Case(f"push: commits always {fault}", True, [rule(PUSH_PATHS["commit"], fault)], "all"))
    any_request = {"match": {"probability": 0.2}, "do": "status:502"}
    lost_writes = {"match": {"method": ["POST", "PATCH"], "every": 2}, "do": "applied-but-drop"}
    found.append(Case("pull: every second write unanswered", False, [lost_writes, any_request], "all"))
    found.append(Case("push: every second write unanswered", True, [lost_writes, any_request], "all"))
    return found


class Worker:
    """One simulator with a recorded push to main and an open pull request, and a checkout for each."""

    def __init__(self, binary: Path, folder: Path):
        push = scenario(folder / "push", "--event", "push")
        with Sim(push / "scenario.json") as sim:
            first = World(binary, push, sim)
            first.evidence(GREEN, LINES)
            done = first.run(GITHUB_RUN_ID="1000")
            assert done.code == 0, done.log
            history = folder / "history"
            for path in data_files(sim.admin.state(contents=True)):
                (history / path).parent.mkdir(parents=True, exist_ok=True)
                (history / path).write_bytes(sim.admin.cat("readiness-data", path))
        data = ("--data-branch", f"readiness-data={history}")
        self.folders = {
            True: scenario(folder / "pushes", "--event", "push", "--base-moves", "1", *data),
            False: scenario(folder / "pulls", "--event", "pull_request", *data),
        }
        self.sims = {push: Sim(place / "scenario.json") for push, place in self.folders.items()}
        self.worlds = {}
        for push, sim in self.sims.items():
            sim.__enter__()
            self.worlds[push] = World(binary, self.folders[push], sim)
            self.worlds[push].evidence(GREEN, LINES)

    def close(self) -> None:
        for sim in self.sims.values():
            sim.__exit__()

    def play(self, case: Case) -> None:
        world = self.worlds[case.push]
        world.sim.admin.reset()
        world.sim.admin.fault(*case.rules)
        start = time.monotonic()
        done = world.run(timeout=LIMIT)
        took = time.monotonic() - start
        world.sim.admin.clear_faults()
        problems = (pushed if case.push else pulled)(world, case, done)
        bad = [v for v in world.sim.admin.violations() if v["severity"] != "simulator"]
        problems += [f"invalid request: {v}" for v in bad]
        if done.problems:
            problems.append(f"the runner would complain: {done.problems}")
        check(f"{case.name} ({len(done.requests)} requests, {took:.0f} s)", not problems, (problems, done.code, done.log))


def pulled(world: World, case: Case, done) -> list[str]:
    head = shas(world.folder)["head"]
    states, comments = world.statuses(head), world.comments()
    checks = [run for run in world.sim.admin.repo().get("check_runs", []) if run["name"].startswith("Readiness")]
    problems = []
    if len(comments) > 1:
        problems.append(f"{len(comments)} comments")
    if len(checks) > 1:
        problems.append(f"{len(checks)} check runs")
    if len(states) != len(set(states)):
        problems.append(f"a status is set twice: {states}")
    wanted = {"all": "success", "judged": "success", "unable": "error"}.get(case.expect)
    if wanted and (not states or states[-1] != wanted):
        problems.append(f"the last status is not {wanted}: {states}")
    if case.expect in ("all", "judged") and done.code != 0:
        problems.append(f"it exits with {done.code}")
    if case.expect == "all" and (len(comments) != 1 or len(checks) != 1):
        problems.append(f"{len(comments)} comments and {len(checks)} check runs")
    if case.expect in ("unable",) and done.code != 2:
        problems.append(f"it exits with {done.code}")
    return problems


def pushed(world: World, case: Case, done) -> list[str]:
    runs = [line["run"] for line in world.lines()]
    problems = []
    if "1000" not in runs:
        problems.append(f"the earlier run is lost: {runs}")
    if len(runs) != len(set(runs)):
        problems.append(f"a run is recorded twice: {runs}")
    if case.expect == "all" and (len(runs) != 2 or done.code != 0):
        problems.append(f"recorded are {runs}, it exits with {done.code}")
    if done.code == 0 and len(runs) != 2:
        problems.append(f"it says that all is well with {runs}")
    return problems


def run_all(binary: Path, folder: Path, wanted: Callable[[str], bool]) -> None:
    todo: queue.Queue[Case] = queue.Queue()
    # The longest first, so that none of them is left for the end.
    chosen = [case for case in cases() if wanted(case.name)]
    for case in sorted(chosen, key=lambda case: "hang" not in case.name and "slow" not in case.name):
        todo.put(case)

    def work(number: int) -> None:
        try:
            worker = Worker(binary, folder / str(number))
            try:
                while True:
                    worker.play(todo.get_nowait())
            except queue.Empty:
                pass
            finally:
                worker.close()
        except Exception as error:  # a thread's exception would be lost
            check(f"worker {number} works", False, repr(error))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(min(WORKERS, len(chosen)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def main() -> int:
    binary, parts = Path(sys.argv[1]).resolve(), sys.argv[2:]

    def wanted(name: str) -> bool:
        return not parts or any(part in name for part in parts)

    with tempfile.TemporaryDirectory() as folder:
        run_all(binary, Path(folder) / "faults", wanted)
        for race in RACES:
            if wanted(race.__name__):
                print(f"--- {race.__name__}")
                race(binary, Path(folder))
    print(f"{len(failures)} of the above do not hold" if failures else "all of the above hold")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
