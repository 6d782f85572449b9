"""Runs that meet: two at once, one that is late, one that is cancelled; and what people do to the comment meanwhile."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

from e2e_world import World, check, scenario, shas, violations
from simctl import Sim

GREEN = {"test_add": True, "test_sub": True}
RED = {"test_add": True, "test_sub": False}
LINES = {"src/calc.py": [1, 1, 1, 1, 1, 0]}
BOT = "github-actions[bot]"


def start(world: World, number: int, **variables: str) -> subprocess.Popen:
    """A run that goes on by itself, with command files of its own."""
    env = {**world.env, **variables}
    for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"):
        env[name] = f"{env[name]}.{number}"
        Path(env[name]).write_text("")
    return subprocess.Popen(
        [world.binary, "run"], env=env, cwd=world.workspace, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )


def last(world: World, head: str) -> str:
    return (world.statuses(head) or ["none"])[-1]


def one_pull_request(binary: Path, folder: Path, *options: str):
    made = scenario(folder, "--event", "pull_request", *options)
    return made, shas(made)["head"]


def two_at_once(binary: Path, folder: Path) -> None:
    """The same commit, judged by several runs in parallel: one comment, of the newest one."""
    made, head = one_pull_request(binary, folder / "two")
    with Sim(made / "scenario.json") as sim:
        world = World(binary, made, sim)
        world.evidence(GREEN, LINES)
        for turn in range(4):
            sim.admin.reset()
            # Everybody looks for the comment before anybody has written it.
            sim.admin.fault({"match": {"path_regex": "/issues/7/comments"}, "do": "slow:0.5"})
            runs = [start(world, n, GITHUB_RUN_ID=str(2000 + n)) for n in range(3)]
            codes = [run.wait(100) for run in runs]
            comments = world.comments()
            check(f"runs that meet all end well ({turn})", codes == [0, 0, 0], codes)
            check(f"runs that meet leave one comment ({turn})", len(comments) == 1, [c["id"] for c in comments])
            check(f"runs that meet end in success ({turn})", last(world, head) == "success", world.statuses(head))
        violations(world)


def late(binary: Path, folder: Path) -> None:
    """An older run ends after a newer one on the same commit, or after the next push."""
    made, head = one_pull_request(binary, folder / "late")
    with Sim(made / "scenario.json") as sim:
        world = World(binary, made, sim)
        world.evidence(RED, LINES)
        newer = world.run(GITHUB_RUN_ID="3001")
        body = world.comments()[0]["body"]
        world.evidence(GREEN, LINES)
        older = world.run(GITHUB_RUN_ID="3000", GITHUB_RUN_ATTEMPT="4")
        check("a late run does not touch the comment", world.comments()[0]["body"] == body, world.comments())
        check("the newer run's status holds", (newer.code, last(world, head)) == (1, "failure"), world.statuses(head))
        check("the late run says so", "later run" in older.summary, older.summary[-300:])
        again = world.run(GITHUB_RUN_ID="3001", GITHUB_RUN_ATTEMPT="2")
        check("a rerun of the newer run counts", (again.code, last(world, head)) == (0, "success"), world.statuses(head))
        check("and writes the comment", "attempt=2" in world.comments()[0]["body"], world.comments()[0]["body"][-200:])
        body = world.comments()[0]["body"]
        sim.admin.advance("refs/heads/" + sim.admin.repo()["pulls"][0]["head"]["ref"], {"x.txt": "x"})
        world.evidence(RED, LINES)
        stale = world.run(GITHUB_RUN_ID="3002")
        check("a run whose commit is not the newest leaves the comment alone", world.comments()[0]["body"] == body)
        check("its status is on its own commit", (stale.code, last(world, head)) == (1, "failure"), world.statuses(head))
        violations(world)


def cancelled(binary: Path, folder: Path) -> None:
    """SIGTERM and SIGINT in the middle of a run."""
    made, head = one_pull_request(binary, folder / "cancelled")
    with Sim(made / "scenario.json") as sim:
        world = World(binary, made, sim)
        world.evidence(GREEN, LINES)
        for number in (signal.SIGTERM, signal.SIGINT):
            sim.admin.reset()
            sim.admin.fault({"match": {"path_regex": "/compare/"}, "do": "slow:8"})
            run = start(world, 0, GITHUB_RUN_ID="4000")
            deadline = time.monotonic() + 30
            while not world.statuses(head) and time.monotonic() < deadline:
                time.sleep(0.05)
            run.send_signal(number)
            begin = time.monotonic()
            code = run.wait(30)
            took = time.monotonic() - begin
            check(f"{number.name} ends the run with 2, soon", code == 2 and took < 6, (code, took))
            check(f"{number.name} leaves an error", world.statuses(head) == ["pending", "error"], world.statuses(head))
            check(f"{number.name} leaves no comment", not world.comments(), world.comments())
        # Cancelled because a newer run has begun: that one's status is none of its business.
        sim.admin.reset()
        sim.admin.fault({"match": {"path_regex": "/compare/", "count": 1}, "do": "slow:8"})
        old = start(world, 0, GITHUB_RUN_ID="4001")
        while not world.statuses(head):
            time.sleep(0.05)
        newer = world.run(GITHUB_RUN_ID="4002")
        old.send_signal(signal.SIGTERM)
        old.wait(30)
        check("a cancelled older run leaves the newer one's status", (newer.code, last(world, head)) == (0, "success"),
              world.statuses(head))
        violations(world)


def people(binary: Path, folder: Path) -> None:
    """A comment that was deleted, minimised or forged, and a conversation that is locked."""
    strangers = [option for n in range(120) for option in ("--comment", f"octocat=comment {n}")]
    made, head = one_pull_request(binary, folder / "people", *strangers)
    with Sim(made / "scenario.json") as sim:
        world = World(binary, made, sim)

        def own() -> list[dict]:
            return [comment for comment in world.comments() if "readiness:v1" in comment["body"]]

        world.evidence(GREEN, LINES)
        world.run(GITHUB_RUN_ID="5000")
        check("the comment is written after 120 others", len(own()) == 1, own())
        body, number = own()[0]["body"], own()[0]["id"]
        world.evidence(RED, LINES)
        world.run(GITHUB_RUN_ID="5001")
        check("it is found again behind 120 others", [c["id"] for c in own()] == [number], own())
        check("and updated", own()[0]["body"] != body, body)
        named = world.run(GITHUB_RUN_ID="5001", INPUT_NAME="web")
        check("a named report has its own comment", len(own()) == 2 and named.code == 1, own())
        sim.admin.mutate(op="lock-issue", number=7)
        world.evidence(GREEN, LINES)
        locked = world.run(GITHUB_RUN_ID="5002", INPUT_NAME="late")
        check("in a locked conversation the status is set all the same", locked.code == 0, (locked.code, locked.log))
        violations(world, frozenset({"forbidden", "locked"}))


def renamed(binary: Path, folder: Path) -> None:
    """The repository has another name since the workflow began."""
    extra = folder / "renamed.json"
    folder.mkdir(exist_ok=True)
    extra.write_text('{"renamed": {"old-acme/gadgets": "acme/widgets"}}')
    made, head = one_pull_request(binary, folder / "renamed", "--extra", str(extra))
    with Sim(made / "scenario.json") as sim:
        world = World(binary, made, sim)
        world.evidence(GREEN, LINES)
        done = world.run(GITHUB_REPOSITORY="old-acme/gadgets")
        check("a renamed repository is found", done.code == 0, (done.code, done.log))
        check("its status is set", world.statuses(head) == ["pending", "success"], world.statuses(head))
        check("its comment is written", len(world.comments()) == 1, world.comments())


def many(binary: Path, folder: Path) -> None:
    """More annotations than a request takes, with every second answer lost."""
    made, head = one_pull_request(binary, folder / "many")
    with Sim(made / "scenario.json") as sim:
        world = World(binary, made, sim)
        world.evidence({f"test_{n}": n == 0 for n in range(200)}, LINES)
        sim.admin.fault({"match": {"path_regex": "/check-runs", "every": 2}, "do": "applied-but-drop"})
        done = world.run()
        found = [run for run in sim.admin.repo()["check_runs"] if run["name"].startswith("Readiness")]
        count = found[0]["output"]["annotations_count"] if found else 0
        check("annotations go in batches, none twice", (len(found), count) == (1, 150), (len(found), count, done.log))
        check("the rest is said", "49 further annotations" in found[0]["output"]["summary"], found[0]["output"])
        check("the comment holds all the same", len(world.comments()) == 1 and done.code == 1, done.log)
        violations(world)


def modes(binary: Path, folder: Path) -> None:
    """When a comment is begun and when it is written again."""
    made, head = one_pull_request(binary, folder / "modes")
    with Sim(made / "scenario.json") as sim:
        world = World(binary, made, sim)
        world.evidence(GREEN, LINES)
        world.run(INPUT_COMMENT="never", GITHUB_RUN_ID="5999")
        check("`never` writes no comment", not world.comments(), world.comments())
        for number, mode, writes in ((6000, "always", 1), (6002, "auto", 0)):
            world.run(INPUT_COMMENT=mode, GITHUB_RUN_ID=str(number))
            again = world.run(INPUT_COMMENT=mode, GITHUB_RUN_ID=str(number + 1))
            count = sum(request["method"] == "PATCH" for request in again.requests)
            check(f"`{mode}` writes the same text {writes} times", count == writes, count)
        check("still one comment", len(world.comments()) == 1, world.comments())
        violations(world)


def enterprise(binary: Path, folder: Path) -> None:
    """A server of one's own: other addresses for both APIs."""
    made, head = one_pull_request(binary, folder / "enterprise", "--ghes")
    with Sim(made / "scenario.json") as sim:
        world = World(binary, made, sim)
        world.evidence(GREEN, LINES)
        done = world.run()
        check("an enterprise server is served", done.code == 0 and len(world.comments()) == 1, done.log)
        check("its status is set", world.statuses(head) == ["pending", "success"], world.statuses(head))
        violations(world)


RACES = (two_at_once, late, cancelled, people, renamed, many, modes, enterprise)
