#!/usr/bin/env python3
"""The change that a local repository tells, against `git diff`: random histories with merges, renames, deletions, line
endings and odd names, loose and packed, seen from a checkout with changes of its own.

usage: local_change.py BINARY [ROUNDS]

Every line of every tracked text file counts as coverable and not run, so that the missed lines of the patch are the
added lines. Prints what was proved; exits 1 when something does not hold.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

NAMES = ["a.py", "pkg/b.py", "pkg/c d.py", "pkg/sub/ü.py", "lib/e.py", "lib/f.py", "g.py", "lib/deep/er/h.py"]


class Checkout:
    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.random, self.time = folder, random.Random(seed), 1_750_000_000
        self.git("init", "-q", "-b", "main")
        self.git("config", "core.autocrlf", "false")

    def git(self, *arguments: str) -> str:
        date = f"{self.time} +0000"
        person = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        environment = {**os.environ, **person, "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date,
                       "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        done = subprocess.run(["git", *arguments], cwd=self.folder, env=environment, capture_output=True, check=True)
        return done.stdout.decode("utf-8", "replace")

    def commit(self) -> str:
        self.time += self.random.choice([0, 1, 60])
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "x")
        return self.git("rev-parse", "HEAD").strip()

    def text(self) -> str:
        count = self.random.choice([0, 1, 5, 40, 300])
        lines = [f"{'  ' * (n % 4)}line {self.random.randrange(30)}" for n in range(count)]
        return "\n".join(lines) + self.random.choice(["", "\n"]) if lines else ""

    def edit(self) -> None:
        """One change of one file."""
        path = self.folder / self.random.choice(NAMES)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self.text())
            return
        kind = self.random.choice(["lines", "lines", "lines", "remove", "move", "replace"])
        if kind == "remove":
            path.unlink()
        elif kind == "move":
            target = self.folder / self.random.choice(NAMES)
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)
        elif kind == "replace":
            path.write_text(self.text())
        else:
            lines = path.read_text().split("\n")
            for _ in range(self.random.randrange(1, 4)):
                at = self.random.randrange(len(lines) + 1)
                lines[at:at + self.random.randrange(3)] = [f"new {self.random.randrange(9)}"] * self.random.randrange(3)
            path.write_text("\n".join(lines))


def added_by_git(checkout: Checkout, base: str) -> dict[str, list[int]]:
    text = checkout.git("-c", "core.quotePath=false", "diff", "-M", "--no-ext-diff", "--no-color", "-U0", base)
    files: dict[str, list[int]] = {}
    path, old, new, line = "", 0, 0, 0
    for row in text.split("\n"):
        if old or new:
            old -= row.startswith("-")
            if row.startswith("+"):
                files.setdefault(path, []).append(line)
                line, new = line + 1, new - 1
        elif row.startswith("+++ "):
            path = row.removeprefix("+++ b/").rstrip("\t")
        elif found := re.match(r"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@", row):
            old, line, new = int(found[1] or 1), int(found[2]), int(found[3] or 1)
    return files


def coverage(checkout: Checkout) -> None:
    records = []
    for path in checkout.git("-c", "core.quotePath=false", "ls-files", "-z").split("\0"):
        place = checkout.folder / path
        if path and place.is_file():
            lines = place.read_text().count("\n") + 1
            records.append(f"SF:{path}\n" + "".join(f"DA:{n},0\n" for n in range(1, lines + 1)) + "end_of_record\n")
    (checkout.folder / ".git" / "all.info").write_text("".join(records) or "SF:none\nDA:1,0\nend_of_record\n")


def added_by_readiness(binary: Path, checkout: Checkout, revision: str) -> dict[str, list[int]]:
    arguments = [str(binary), "report", ".git/all.info", "--since", revision, "--format", "json"]
    done = subprocess.run(arguments, cwd=checkout.folder, capture_output=True, text=True, check=False)
    if done.returncode == 2:
        raise SystemExit(f"FAILED: {revision}: {done.stderr}")
    patch = json.loads(done.stdout)["coverage"]["patch"] or {"files": []}
    return {file["path"]: file["missed"] for file in patch["files"]}


def history(checkout: Checkout) -> list[str]:
    commits = []
    for _ in range(checkout.random.randrange(3, 9)):
        for _ in range(checkout.random.randrange(1, 5)):
            checkout.edit()
        commits.append(checkout.commit())
        if checkout.random.random() < 0.4:
            checkout.git("checkout", "-q", "-b", f"b{len(commits)}", checkout.random.choice(commits))
            checkout.edit()
            side = checkout.commit()
            commits.append(side)
            checkout.git("checkout", "-q", "main")
            checkout.git("merge", "-q", "-X", "ours", "--no-edit", "-s", "ours", side)
            commits.append(checkout.git("rev-parse", "HEAD").strip())
    return commits


def one_round(binary: Path, folder: Path, seed: int) -> int:
    checkout = Checkout(folder, seed)
    commits = history(checkout)
    if checkout.random.random() < 0.5:
        checkout.git("gc", "-q")
    for _ in range(checkout.random.randrange(3)):
        checkout.edit()
    if checkout.random.random() < 0.5:
        checkout.git("add", "-A")
    if checkout.random.random() < 0.3:
        checkout.git("update-index", "--index-version", "4")
    coverage(checkout)
    for commit in commits:
        expected = added_by_git(checkout, checkout.git("merge-base", commit, "HEAD").strip())
        found = added_by_readiness(binary, checkout, commit)
        if found != expected:
            raise SystemExit(f"FAILED: round {seed} since {commit}:\n  git {expected}\n  we  {found}")
    return len(commits)


def large(binary: Path, folder: Path) -> None:
    """50,000 files, of which few changed, take well under a second."""
    checkout = Checkout(folder, 0)
    for number in range(50_000):
        place = folder / f"d{number % 50}" / f"e{number % 1000}" / f"f{number}.py"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"line {number}\n" * 20)
    base = checkout.commit()
    checkout.git("gc", "-q")
    (folder / "d1" / "e1" / "f1.py").write_text("new\n")
    (folder / ".git" / "all.info").write_text("SF:d1/e1/f1.py\nDA:1,0\nend_of_record\n")
    found = {}
    seconds = []
    for arguments in ([], ["--since", base]):
        start = time.monotonic()
        command = [str(binary), "report", ".git/all.info", "--format", "json", *arguments]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        seconds.append(time.monotonic() - start)
        found = json.loads(done.stdout)["coverage"]["patch"]
    if found["files"][0]["missed"] != [1] or seconds[1] - seconds[0] > 1:
        raise SystemExit(f"FAILED: 50,000 files: {found}, {seconds}")
    print(f"50,000 files: {seconds[0]:.2f} s without the change, {seconds[1]:.2f} s with it")


def main() -> int:
    binary, rounds = Path(sys.argv[1]).resolve(), int(sys.argv[2]) if len(sys.argv) > 2 else 40
    compared = 0
    for seed in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            compared += one_round(binary, Path(folder), seed)
    print(f"{compared} changes of {rounds} histories are those of `git diff`")
    with tempfile.TemporaryDirectory() as folder:
        large(binary, Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
