"""Every event, runs of forks judged from their artifacts, and artifacts that mean harm."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

from e2e_world import SIMULATOR, Run, World, check, scenario, shas, violations
from simctl import Sim

BLOB = "blob"
STRICT = "version: 1\ngate: {max-failures: 0}\n"
LOOSE = "version: 1\ngate: {max-failures: 1000, on-bad-evidence: warn}\n"
HOSTILE_NAME = "@octocat @org/team fixes #1 GH-1 o/r#3 **x** <i> | `\u202e\u200b ::add-mask::e ##[error]x"
MARKER = "<!-- readiness:v1 name= run=99999999999 attempt=9 sha=%s -->"


def junit(failing: tuple[str, ...] = (), passing: tuple[str, ...] = ("test_add", "test_sub")) -> str:
    def case(name: str, failed: bool) -> str:
        text = name.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
        inner = f'<failure message="{text}">{text}</failure>' if failed else ""
        return f'<testcase classname="tests.test_calc" name="{text}" file="tests/test_calc.py">{inner}</testcase>'

    cases = [case(name, False) for name in passing] + [case(name, True) for name in failing]
    return f'<testsuites><testsuite name="calc" tests="{len(cases)}">{"".join(cases)}</testsuite></testsuites>'


LCOV = "SF:src/calc.py\n" + "".join(f"DA:{n},{int(n != 14)}\n" for n in (1, 2, 5, 6, 12, 13, 14)) + "end_of_record\n"


def zipped(path: Path, files: dict[str, str | bytes], link: str | None = None) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        if link:
            info = zipfile.ZipInfo("link.xml")
            info.external_attr = 0o120777 << 16
            archive.writestr(info, link)
    return path


def folder_of(base: Path, name: str, files: dict[str, str]) -> Path:
    for path, text in files.items():
        target = base / name / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    return base / name


def followed(folder: Path, name: str, artifacts: list[dict], *options: str) -> Path:
    """A finished run with `artifacts` (as in scenario.json), and the event that says so; nothing is checked out."""
    made = scenario(folder / name, "--event", "workflow_run", "--checkout", "none", *options)
    place = made / "scenario.json"
    text = json.loads(place.read_text())
    run = next(run for run in text["runs"] if run["id"] == shas(made)["trigger_run_id"])
    run["artifacts"] = artifacts
    place.write_text(json.dumps(text))
    return made


def reports(folder: Path, name: str = "reports.zip", text: str | None = None) -> dict:
    path = zipped(folder / "artifacts" / name, {"out/junit.xml": text or junit(), "lcov.info": LCOV})
    return {"name": "reports", "path": str(path)}


def edit_event(world: World, change: dict) -> str:
    """A copy of the event with some of its values changed, by dotted path."""
    payload = json.loads(Path(world.env["GITHUB_EVENT_PATH"]).read_text())
    for path, value in change.items():
        *above, last = path.split(".")
        inner = payload
        for key in above:
            inner = inner[key]
        inner[last] = value
    copy = world.folder / "edited.json"
    copy.write_text(json.dumps(payload))
    return str(copy)


def ends(world: World, sha: str, *states: str) -> bool:
    return world.statuses(sha) == ["pending", *states]


# -- events --------------------------------------------------------------------


def every_event(binary: Path, folder: Path) -> None:
    for event, commented in (("pull_request", True), ("pull_request_target", True), ("merge_group", False)):
        made = scenario(folder / f"event-{event}", "--event", event)
        with Sim(made / "scenario.json") as sim:
            world, names = World(binary, made, sim), shas(made)
            world.evidence({"test_add": True}, {"src/calc.py": [1, 1]})
            head = names["merge"] if event == "merge_group" else names["head"]
            done = world.run()
            check(f"{event} passes", done.code == 0, (done.code, done.log))
            check(f"{event} sets the status of the right commit alone", ends(world, head, "success"), world.statuses(head))
            check(f"{event} has {int(commented)} comment", len(world.comments()) == int(commented), world.comments())
            violations(world)
            again = world.run(GITHUB_RUN_ATTEMPT="2")
            check(f"{event} again changes nothing but the status", again.code == 0, again.log)
            check(f"{event} again comments no more", len(world.comments()) == int(commented), world.comments())
    for event in ("push", "schedule", "workflow_dispatch"):
        made = scenario(folder / f"event-{event}", "--event", event, "--no-pr")
        with Sim(made / "scenario.json") as sim:
            world = World(binary, made, sim)
            world.evidence({"test_add": True}, {"src/calc.py": [1, 1]})
            done = world.run()
            lines = world.lines()
            check(f"{event} passes and is recorded", done.code == 0 and len(lines) == 1, (done.log, lines))
            check(f"{event} records its commit", lines[0]["sha"] == shas(made)["base"], lines)
            violations(world)


def nothing_to_do(binary: Path, folder: Path) -> None:
    made = scenario(folder / "quiet", "--event", "pull_request")
    with Sim(made / "scenario.json") as sim:
        world = World(binary, made, sim)
        closed = world.run(GITHUB_EVENT_PATH=edit_event(world, {"action": "closed"}))
        check("a closed pull request asks for nothing", closed.code == 0 and not closed.requests, closed.log)
        foreign = world.run(GITHUB_EVENT_NAME="issue_comment")
        check("another event is an error that names those that are known", foreign.code == 2, foreign.code)
        check("its help names them", "merge_group" in foreign.log and not foreign.requests, foreign.log)


def real_payloads(binary: Path, folder: Path) -> None:
    """What is asked of GitHub for real payloads: it names the right commit, base and branch, or there is an error."""
    made = scenario(folder / "real", "--event", "pull_request")
    with Sim(made / "scenario.json") as sim:
        world = World(binary, made, sim)
        world.evidence({"test_add": True}, {"src/calc.py": [1, 1]})
        for path in sorted((SIMULATOR.parent / "openapi/payloads").glob("*.json")):
            event, payload = path.name.split(".")[0], json.loads(path.read_text())
            variables = {"GITHUB_REF": payload.get("ref", "refs/heads/main"), "GITHUB_SHA": payload.get("after", "1" * 40)}
            done = world.run(GITHUB_EVENT_NAME=event, GITHUB_EVENT_PATH=str(path), **variables)
            asked = " ".join(f"{r['method']} {r['path']}" for r in done.requests)
            expected = expectation(event, payload)
            check(f"{path.name} asks for {expected or 'nothing'}", all(one in asked for one in expected) and bool(expected) == bool(asked), (asked, done.log))
            if event in ("check_run", "repository_dispatch", "status") or path.name.startswith("workflow_run.completed"):
                check(f"{path.name} is an error", done.code == 2 and "is not supported" in done.log, done.log)


def expectation(event: str, payload: dict) -> list[str]:
    """Parts of the requests that the payload must lead to."""
    if event == "pull_request" and payload["action"] != "closed":
        head, base = payload["pull_request"]["head"]["sha"], payload["pull_request"]["base"]["sha"]
        return [f"POST /repos/acme/widgets/statuses/{head}", f"/compare/{base}...{head}"]
    if event == "merge_group":
        group = payload["merge_group"]
        return [f"/statuses/{group['head_sha']}", f"/compare/{group['base_sha']}...{group['head_sha']}"]
    if event in ("push", "workflow_dispatch") and payload["ref"].startswith("refs/heads/") and not payload.get("deleted"):
        branch = payload["ref"].removeprefix("refs/heads/").replace("/", "%252F")
        return [f"/v1/branches/{branch}/tip.json.zst"]
    return []


# -- runs of other workflows ---------------------------------------------------


def fork_in_one_step(binary: Path, folder: Path) -> None:
    """The fork's run could write nothing; the run after it says everything, under the base's policy."""
    base = folder_of(folder, "fork-base", {"readiness.yml": STRICT, "src/calc.py": "def add(a, b):\n    return a + b\n"})
    head = folder_of(folder, "fork-head", {"readiness.yml": LOOSE, "src/calc.py": "x = 1\n" * 14})
    options = ("--fork", "--base-files", str(base), "--head-files", str(head))
    failing = reports(folder, "fork.zip", junit(failing=("test_div",)))
    made = followed(folder, "fork-run", [failing], *options)
    with Sim(made / "scenario.json") as sim:
        world, names = World(binary, made, sim), shas(made)
        done = world.run()
        comments = world.comments()
        check("a fork's run is judged by the base's policy", done.code == 1, (done.code, done.log))
        check("its status is on the head of the pull request", ends(world, names["head"], "failure"), world.statuses(names["head"]))
        check("its pull request has one comment", [c["issue"] for c in comments] == [names["pr"]], comments)
        check("the comment says who made the evidence", "run of a fork" in comments[0]["body"], comments[0]["body"])
        check("the report names the artifact", "reports!/out/junit.xml" in json.dumps(done.report), done.report)
        pages = ["readiness-report.html", "readiness-report.json"]
        check("the workspace holds the report alone", names_in(world.workspace) == pages, names_in(world.workspace))
        check("nothing is left of the downloads", not names_in(made / "temp"), names_in(made / "temp"))
        violations(world)
        without_token(world)
        other = world.run(INPUT_WORKFLOW="other.yml")
        check("a run of another workflow is none of ours", other.code == 0 and not other.requests, other.log)
        configured = world.run(INPUT_WORKFLOW=".github/workflows/ci.yml")
        check("the configured workflow is judged", configured.code == 1, configured.log)
        wrong = world.run(GITHUB_EVENT_PATH=edit_event(world, {"workflow_run.head_repository.id": 5}))
        check("a repository of the same name is not the same", len(world.comments()) == 1 and "no open pull request" in wrong.summary, wrong.summary[-400:])


def own_runs(binary: Path, folder: Path) -> None:
    made = followed(folder, "own-pull", [reports(folder)])
    with Sim(made / "scenario.json") as sim:
        world, head = World(binary, made, sim), shas(made)["head"]
        done = world.run()
        check("a run of the repository itself is judged", done.code == 0 and ends(world, head, "success"), done.log)
        sim.admin.advance("refs/heads/feature/stats", {"new.txt": "x"})
        stale = world.run()
        check("the run of an overtaken commit sets its status", stale.code == 0, stale.log)
        check("and leaves the comment alone", len(world.comments()) == 1 and "no comment" in stale.summary, stale.summary[-300:])
    made = followed(folder, "own-push", [reports(folder)], "--no-pr")
    with Sim(made / "scenario.json") as sim:
        world = World(binary, made, sim)
        done, again = world.run(), world.run()
        lines = world.lines()
        check("a run of a push is recorded once, as the run that measured", len(lines) == 1, lines)
        check("with its id", str(lines[0]["run"]) == str(shas(made)["trigger_run_id"]), lines)
        check("both pass", done.code == again.code == 0, (done.log, again.log))


def read_only_fork(binary: Path, folder: Path) -> None:
    made = scenario(folder / "read-only-fork", "--event", "pull_request", "--fork")
    with Sim(made / "scenario.json") as sim:
        world = World(binary, made, sim)
        world.evidence({"test_add": False}, {"src/calc.py": [1, 1]})
        done = world.run()
        check("a fork's own run fails with its gate", done.code == 1, (done.code, done.log))
        check("it says once how to get the comment", done.summary.count("workflow_run") == 1, done.summary[-500:])
        check("it annotates", "::error file=tests/test_calc.py" in done.out, done.out)
        check("it tries to write nothing", all(r["method"] == "GET" or r["path"].endswith("graphql") for r in done.requests), done.requests)
        violations(world)
    made = scenario(folder / "dependabot", "--event", "pull_request", "--permission", "contents=read")
    with Sim(made / "scenario.json") as sim:
        world = World(binary, made, sim)
        world.evidence({"test_add": True}, {"src/calc.py": [1, 1]})
        done = world.run(GITHUB_ACTOR="dependabot[bot]")
        refused = [r for r in done.requests if r["status"] == 403]
        check("Dependabot's run is judged, and one refusal is enough", done.code == 0 and len(refused) == 1, (done.code, refused))
        check("it says once how to get the comment, too", done.summary.count("workflow_run") == 1, done.summary[-500:])


# -- artifacts -----------------------------------------------------------------


def artifacts_in_bad_weather(binary: Path, folder: Path) -> None:
    raw = folder / "artifacts" / "raw-junit.xml"
    raw.parent.mkdir(parents=True, exist_ok=True)
    raw.write_text(junit(passing=("test_raw",)))
    old = zipped(folder / "artifacts" / "old.zip", {"junit.xml": junit(failing=("test_first_attempt",))})
    new = zipped(folder / "artifacts" / "new.zip", {"junit.xml": junit(passing=("test_new",))})
    listed = [
        # The later attempt has the lower id: what counts is when it was made.
        {"name": "junit", "path": str(new), "id": 100, "created_at": "2026-01-05T12:00:00Z"},
        {"name": "junit", "path": str(old), "id": 200, "created_at": "2026-01-05T10:00:00Z"},
        {"name": "raw-junit.xml", "path": str(raw), "old": True},
        *({"name": f"log-{n}", "path": str(new)} for n in range(120)),
        reports(folder),
    ]
    weather = {
        "fine": None,
        "truncated": {"match": {"host": BLOB, "nth": [1, 2]}, "do": "truncate-body"},
        "dropped": {"match": {"host": BLOB, "nth": [1, 3]}, "do": "drop-connection"},
        "busy": {"match": {"host": BLOB, "nth": [1, 2]}, "do": "status:503"},
        "a page": {"match": {"host": BLOB, "nth": [1]}, "do": "html-error"},
        "no zip": {"match": {"host": BLOB, "nth": [1, 2]}, "do": "bad-json"},
        "slow": {"match": {"host": BLOB, "nth": [1]}, "do": "slow:2"},
        "a limit": {"match": {"path_regex": "/artifacts/", "nth": [1]}, "do": "403-secondary"},
        "half a list": {"match": {"path_regex": "/artifacts$", "nth": [1, 2]}, "do": "truncate-body"},
    }
    made = followed(folder, "weather", listed)
    with Sim(made / "scenario.json") as sim:
        world = World(binary, made, sim)
        for name, fault in weather.items():
            sim.admin.clear_faults()
            if fault:
                sim.admin.fault(fault)
            done = world.run(INPUT_ARTIFACTS="junit\nraw-*\nreports\nlint")
            tests = (done.report or {}).get("tests") or {}
            check(f"artifacts are read with {name} storage", done.code == 0, (done.code, done.log))
            check(f"with {name} storage all cases are there", tests.get("total", tests.get("cases")) is not None and '"test_first_attempt"' not in json.dumps(done.report), tests)
            check("a name that fits nothing is said", "`lint`" in done.summary, done.summary[:600])
        without_token(world)
        violations(world, frozenset({"expired-url"}))
        sim.admin.mutate(op="expire-artifact", id=100)
        expired = world.run(INPUT_ARTIFACTS="junit\nreports")
        check("an expired artifact is bad evidence", expired.code == 1 and "expired" in expired.summary, expired.summary[:900])
        sim.admin.clear_faults()
        sim.admin.fault({"match": {"host": BLOB}, "do": "status:503"})
        lost = world.run(INPUT_ARTIFACTS="reports")
        check("a storage that never answers ends in an error", lost.code == 2, (lost.code, lost.log))
        check("and the status says so", world.statuses(shas(made)["head"])[-1] == "error", world.statuses(shas(made)["head"]))
        none = world.run(INPUT_ARTIFACTS="lint")
        check("no artifact that fits is an error that names those that are there", none.code == 2 and "`junit`" in none.log, none.log)


# -- harm ----------------------------------------------------------------------


def hostile_fork(binary: Path, folder: Path) -> None:
    """Everything that a fork can bring along at once."""
    bomb = zipped(folder / "artifacts" / "bomb.zip", {"bomb.xml": b" " * (70 << 20), "junit.xml": junit()})
    traversal = {f"{up}{name}": junit(failing=(HOSTILE_NAME,)) for up in ("../" * 6, "/") for name in ("tmp/evil.xml", "evil.xml")}
    traversal |= {"readiness.yml": LOOSE, ".github/readiness.yml": LOOSE, "pr-number.txt": "1", "event.json": "{}"}
    crossing = zipped(folder / "artifacts" / "crossing.zip", traversal, link="/etc/passwd")
    nested = zipped(folder / "artifacts" / "nested.zip", {"inner.zip": crossing.read_bytes(), "junit.xml": junit()})
    base = folder_of(folder, "hostile-base", {"readiness.yml": STRICT, "src/calc.py": "x = 1\n"})
    head = folder_of(folder, "hostile-head", {"readiness.yml": LOOSE, "src/calc.py": "x = 2\n"})
    listed = [
        {"name": HOSTILE_NAME, "path": str(crossing)},
        {"name": "../../../tmp/evil", "path": str(bomb)},
        {"name": "nested", "path": str(nested)},
    ]
    forged = "<b>green</b>\n\n"
    options = ("--fork", "--base-files", str(base), "--head-files", str(head))
    made = followed(folder, "hostile", listed, *options, "--comment", f"mallory={forged}{MARKER % ('1' * 40)}")
    with Sim(made / "scenario.json") as sim:
        world, names = World(binary, made, sim), shas(made)
        (world.workspace / "readiness-report.json").symlink_to(folder / "stolen.json")
        before = every_name(folder)
        done = world.run(ACTIONS_STEP_DEBUG="true", RUNNER_DEBUG="1")
        check("hostile artifacts do not pass", done.code == 1, (done.code, done.log))
        check("the bomb is refused", "times its size" in json.dumps(done.report), done.report["sources"] if done.report else None)
        check("the hostile artifact is read", "test_calc" in json.dumps(done.report) and HOSTILE_NAME[:8] in json.dumps(done.report), None)
        check("the status is the gate's", ends(world, names["head"], "failure"), world.statuses(names["head"]))
        written = every_name(folder) - before
        check("nothing is written elsewhere", not written and not Path("/tmp/evil.xml").exists(), written)
        check("a link in the workspace is not written through", not (folder / "stolen.json").exists(), None)
        comments = world.comments()
        check("the forged comment is left alone", comments[0]["body"].startswith(forged) and len(comments) == 2, comments)
        for what, text in (("comment", comments[-1]["body"]), ("summary", done.summary)):
            outside = outside_code(text)
            for harm in ("@octocat", "@org/team", "#1", "GH-1", "o/r#3", "**x**", "<i>", "\u202e", "\u200b"):
                check(f"the {what} shows {harm!r} as text", harm not in outside, outside)
        commands = [line for line in (done.out + done.log).splitlines() if re.match(r"\s*::", line)]
        foreign = [line for line in commands if not re.match(r"::(add-mask|error|warning|notice)\b", line) or line.startswith("::add-mask::e\n")]
        check("no name becomes a workflow command", not foreign and "##[" not in done.out + done.log, foreign)
        check("the policy of the base is named", "readiness.yml at main" in json.dumps(done.report), done.report)
        check("the file commands are understood", not done.problems, done.problems)
        without_token(world)
        secrets(world, done)
        violations(world)


def every_name(folder: Path) -> set[str]:
    ours = ("files/", "requests", "port", "readiness-report.json")
    found = (str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    return {name for name in found if not any(part in name for part in ours)}


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def outside_code(markdown: str) -> str:
    """What GitHub would look for mentions and references in."""
    without_elements = re.sub(r"<code>.*?</code>", "", markdown, flags=re.DOTALL)
    without_fences = re.sub(r"^(`{3,}).*?^\1", "", without_elements, flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", "", without_fences)


def without_token(world: World) -> None:
    leaks = [r for r in world.sim.admin.requests() if r["host"] == BLOB and "authorization" in r["headers"]]
    check("no other host is shown the token", not leaks, leaks)


def secrets(world: World, done: Run) -> None:
    """Neither the token nor a signature stands anywhere but in the commands that hide them."""
    said = "\n".join(line for line in (done.out + done.log).splitlines() if not line.startswith("::add-mask::"))
    said += done.summary + json.dumps(done.report) + "".join(c["body"] for c in world.comments())
    said += json.dumps(world.sim.admin.repo()["statuses"])
    check("no token is told", world.env["GITHUB_TOKEN"] not in said, None)
    check("no signed address is told", "sig=" not in said, said)
    check("signed addresses are hidden", "::add-mask::" in done.out, done.out)


STORIES = (
    every_event,
    nothing_to_do,
    real_payloads,
    fork_in_one_step,
    own_runs,
    read_only_fork,
    artifacts_in_bad_weather,
    hostile_fork,
)
