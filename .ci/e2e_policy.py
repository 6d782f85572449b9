"""Policies that start from another one, and pull requests that edit theirs."""

from __future__ import annotations

from pathlib import Path

from e2e_events import STRICT, folder_of, junit
from e2e_world import World, check, scenario, violations
from simctl import Sim

RULES = "version: 1\ngate: {max-failures: 0}\n"
GUARDED = "version: 1\ngate: {max-failures: 5, policy-change: stricter-only}\n"
SOURCE = {"src/calc.py": "def add(a, b):\n    return a + b\n"}


def extended_policy(binary: Path, folder: Path) -> None:
    """A pinned policy is read from its repository, at its commit."""
    base = folder_of(folder, "extended-files", {**SOURCE, "rules.yml": RULES})
    made = scenario(folder / "extended", "--event", "push", "--base-files", str(base), "--head-files", str(base / "src"))
    with Sim(made / "scenario.json") as sim:
        world = World(binary, made, sim)
        place = f"{world.env['GITHUB_REPOSITORY']}/rules.yml@"
        policy = world.workspace / "readiness.yml"
        (world.workspace / "reports").mkdir(exist_ok=True)
        (world.workspace / "reports/junit.xml").write_text(junit(failing=("test_sub",), passing=("test_add",)))
        policy.write_text(f"extends: {place}{world.env['GITHUB_SHA']}\n")
        done = world.run()
        failing = [one["id"] for one in (done.report or {}).get("gate", {}).get("conditions", []) if one["outcome"] == "fail"]
        check("the gate of the pinned policy decides", done.code == 1 and failing == ["max-failures"], (done.code, done.log))
        policy.write_text(f"extends: {place}{'0' * 40}\n")
        done = world.run()
        check("a pin that leads nowhere is exit 2", done.code == 2 and "rules.yml" in done.log, (done.code, done.log))
        policy.write_text(f"extends: {place}main\n")
        done = world.run()
        check("a branch is no pin", done.code == 2 and "40 digits" in done.log, (done.code, done.log))
        violations(world)


def edited_policy(binary: Path, folder: Path) -> None:
    """A pull request that loosens its own gate is judged by the base's policy, and told."""
    base = folder_of(folder, "guarded-base", {**SOURCE, "readiness.yml": GUARDED})
    for name, text, code in (("loose", GUARDED.replace("5", "50"), 1), ("strict", STRICT + "# policy-change\n", 1), ("tight", GUARDED.replace("5", "1"), 0)):
        head = folder_of(folder, f"guarded-{name}", {**SOURCE, "readiness.yml": text})
        made = scenario(folder / f"edited-{name}", "--event", "pull_request", "--base-files", str(base), "--head-files", str(head))
        with Sim(made / "scenario.json") as sim:
            world = World(binary, made, sim)
            (world.workspace / "reports").mkdir(exist_ok=True)
            (world.workspace / "reports/junit.xml").write_text(junit())
            done = world.run()
            conditions = {one["id"]: one for one in (done.report or {}).get("gate", {}).get("conditions", [])}
            said = conditions.get("policy-change", {})
            check(f"an edit that is {name} ends with {code}", done.code == code, (done.code, done.log, said))
            check(f"an edit that is {name} is decided", said.get("outcome") == ("fail" if code else "pass"), said)
            violations(world)


STORIES = (extended_policy, edited_policy)
