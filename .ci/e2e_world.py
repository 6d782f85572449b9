"""A simulated GitHub, the checkout of a job on it, and what one run of the Action left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

SIMULATOR = Path(os.environ.get("READINESS_SHARED", "../shared")).resolve() / "github-sim"
sys.path.insert(0, str(SIMULATOR))

from simctl import Sim, environment, runner_files  # noqa: E402

REQUESTS_MAX = 10
STATUS = "readiness"
COMMAND_FILES = ("GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_STATE", "GITHUB_PATH", "GITHUB_STEP_SUMMARY")

failures: list[str] = []


def check(what: str, holds: bool, seen: object = None) -> None:
    print(f"{'ok    ' if holds else 'FAILED'} {what}" + ("" if holds else f": {seen!r}"))
    if not holds:
        failures.append(what)


def scenario(folder: Path, *options: str) -> Path:
    made = [sys.executable, str(SIMULATOR / "mkscenario.py"), str(folder), *options]
    subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
    return folder


def shas(folder: Path) -> dict:
    return json.loads((folder / "shas.json").read_text())


class World:
    """One simulated GitHub and the checkout of a job on it."""

    def __init__(self, binary: Path, folder: Path, sim: Sim):
        self.binary, self.folder, self.sim = binary, folder, sim
        self.env = environment(folder)
        self.workspace = Path(self.env["GITHUB_WORKSPACE"])

    def evidence(self, outcomes: dict[str, bool], covered: dict[str, list[int]]) -> None:
        """A JUnit and an LCOV report: case name -> passed, source file -> hits of its lines."""
        cases = "".join(
            f'<testcase classname="tests.test_calc" name="{name}" file="tests/test_calc.py" time="0.01">'
            + ("" if passed else '<failure message="1 != 2">assert 1 == 2</failure>')
            + "</testcase>"
            for name, passed in outcomes.items()
        )
        reports = self.workspace / "reports"
        reports.mkdir(exist_ok=True)
        (reports / "junit.xml").write_text(
            f'<testsuites><testsuite name="calc" tests="{len(outcomes)}">{cases}</testsuite></testsuites>'
        )
        (reports / "lcov.info").write_text(
            "".join(
                f"SF:{path}\n" + "".join(f"DA:{n},{hit}\n" for n, hit in enumerate(hits, 1)) + "end_of_record\n"
                for path, hits in covered.items()
            )
        )

    def run(self, timeout: int = 120, **variables: str) -> Run:
        env = {**self.env, **variables}
        for name in COMMAND_FILES:
            Path(env[name]).write_text("")
        before = len(self.sim.admin.requests())
        done = subprocess.run(
            [self.binary, "run"], env=env, cwd=self.workspace, capture_output=True, text=True, timeout=timeout, check=False
        )
        return Run(done, env, self.sim.admin.requests()[before:])

    def statuses(self, sha: str) -> list[str]:
        """States of our context, oldest first."""
        all_statuses = self.sim.admin.repo()["statuses"]
        return [s["state"] for s in all_statuses if s["context"] == STATUS and s["url"].endswith(sha)]

    def comments(self) -> list[dict]:
        return self.sim.admin.repo()["comments"]

    def lines(self, branch: str = "main") -> list[dict]:
        """The recorded runs on the data branch."""
        found = []
        repo = self.sim.admin.state(contents=True)
        for path in data_files(repo):
            if path.startswith(f"v1/branches/{branch}/") and path.endswith(".jsonl"):
                text = self.sim.admin.cat("readiness-data", path).decode()
                found += [json.loads(line) for line in text.splitlines()]
        return found


def data_files(state: dict) -> list[str]:
    ref = state["repositories"][state["repository"]]["refs"]
    branch = ref.get("refs/heads/readiness-data", {})
    return sorted(branch.get("tree", {}))


class Run:
    """One finished run of the Action."""

    def __init__(self, done: subprocess.CompletedProcess, env: dict[str, str], requests: list[dict]):
        self.code, self.out, self.log, self.requests = done.returncode, done.stdout, done.stderr, requests
        files = runner_files(env)
        self.outputs, self.problems = files["GITHUB_OUTPUT"], files["problems"]
        self.summary = Path(env["GITHUB_STEP_SUMMARY"]).read_text()
        report = Path(env["GITHUB_WORKSPACE"]) / self.outputs.get("report", "none")
        self.report = json.loads(report.read_text()) if report.is_file() else None


def budget(what: str, run: Run) -> None:
    count = len(run.requests)
    check(f"{what} makes {count} requests, at most {REQUESTS_MAX}", count <= REQUESTS_MAX, count)


def violations(world: World, expected: frozenset[str] = frozenset()) -> None:
    found = [v for v in world.sim.admin.violations() if v["code"] not in expected]
    check("every request is valid", not found, found)
