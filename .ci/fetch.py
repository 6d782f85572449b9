#!/usr/bin/env python3
"""The action without Docker fetches only what fits: right platform, right checksum, right origin.

usage: fetch.py      (bash and curl; the GitHub CLI is played by a script)
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAME = "readiness-x86_64-unknown-linux-musl"


def fetch(folder: Path, **variables: str) -> subprocess.CompletedProcess:
    env = {
        "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
        "GITHUB_ACTION_PATH": str(ROOT / "binary"),
        "GITHUB_OUTPUT": str(folder / "output"),
        "RUNNER_TEMP": str(folder),
        "RUNNER_OS": "Linux",
        "RUNNER_ARCH": "X64",
        "READINESS_RELEASES": f"file://{folder}",
    }
    (folder / "output").write_text("")
    return subprocess.run(
        [ROOT / "binary/fetch"], env={**env, **variables}, capture_output=True, text=True, timeout=120, check=False
    )


def main() -> int:
    failed = []

    def check(what: str, holds: bool, seen: object) -> None:
        print(f"{'ok    ' if holds else 'FAILED'} {what}" + ("" if holds else f": {seen!r}"))
        failed.extend([] if holds else [what])

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        version = "v" + re.search(r'^version = "(.*)"$', (ROOT / "Cargo.toml").read_text(), re.MULTILINE)[1]
        release = folder / version
        release.mkdir()
        (folder / "bin").mkdir()
        binary = release / NAME
        binary.write_text("#!/bin/sh\necho it runs\n")
        sums = release / "SHA256SUMS"
        sums.write_text(f"{hashlib.sha256(binary.read_bytes()).hexdigest()}  {NAME}\n")
        gh = folder / "bin/gh"
        gh.write_text(f'#!/bin/sh\necho "$GH_HOST $*" >{folder}/asked\nexit "${{GH_ANSWER:-0}}"\n')
        gh.chmod(0o755)

        good = fetch(folder)
        output = (folder / "output").read_text().strip()
        ran = subprocess.run([output.removeprefix("binary=")], capture_output=True, text=True, check=False).stdout
        check("a sound binary is handed over", (good.returncode, ran) == (0, "it runs\n"), (good, output))
        asked = (folder / "asked").read_text()
        expected = ("github.com attestation verify", "/release.yml", f"--source-ref refs/tags/{version}")
        check("its origin is verified", all(part in asked for part in expected), asked)
        for what, variables, words in (
            ("another origin", {"GH_ANSWER": "1"}, "attestation"),
            ("an unknown platform", {"RUNNER_ARCH": "RISCV"}, "there is no binary"),
            ("a missing release", {"READINESS_RELEASES": f"file://{folder}/none"}, "failed to download"),
        ):
            bad = fetch(folder, **variables)
            refused = bad.returncode == 2 and words in bad.stdout and not (folder / "output").read_text()
            check(f"{what} is refused", refused, bad)
        binary.write_text("#!/bin/sh\necho something else\n")
        changed = fetch(folder)
        check("other content is refused", changed.returncode == 2 and "checksum" in changed.stdout, changed)
        sums.write_text("")
        unlisted = fetch(folder)
        check("what is not listed is refused", unlisted.returncode == 2 and "checksum" in unlisted.stdout, unlisted)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
