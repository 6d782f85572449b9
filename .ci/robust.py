#!/usr/bin/env python3
"""Whatever a file holds, `inspect` ends: with a status of its own, in bounded time and memory, without a panic.

usage: robust.py BINARY FOLDER...
"""
import concurrent.futures
import json
import os
import pathlib
import resource
import subprocess
import sys
import time

SECONDS = 20
MEGABYTES = 2048


def limit():
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, MEGABYTES << 20))


def wrong(binary, path):
    """What is wrong with the program's answer about a file, or None, and the seconds it took."""
    start = time.monotonic()
    command = [binary, "inspect", "--format", "json", "--detail", path.name]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, preexec_fn=limit, cwd=path.parent)
    except subprocess.TimeoutExpired:
        return f"still running after {SECONDS} s", SECONDS
    took = time.monotonic() - start
    said = done.stderr.decode("utf-8", "replace")
    if done.returncode not in (0, 1, 2):
        return f"ended with {done.returncode}: {said[-300:].strip()}", took
    if "panicked at" in said:
        return f"panicked: {said[-300:].strip()}", took
    try:
        files = json.loads(done.stdout)["files"]
    except (ValueError, KeyError) as error:
        return f"no JSON ({error}): {said[-300:].strip()}", took
    refused = any(file["state"] in ("invalid", "incomplete", "unrecognised") for file in files)
    if refused != (done.returncode == 2):
        return f"status {done.returncode} beside {[file['state'] for file in files]}", took
    return None, took


def main():
    binary = os.path.abspath(sys.argv[1])
    files = [path for folder in sys.argv[2:] for path in sorted(pathlib.Path(folder).resolve().rglob("*")) if path.is_file()]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        answers = list(pool.map(lambda path: wrong(binary, path), files))
    bad = [(path, what) for path, (what, _) in zip(files, answers) if what]
    for path, what in bad[:40]:
        print(f"  {path.parent.name}/{path.name}: {what}")
    slowest = max((took for _, took in answers), default=0)
    print(f"{len(files) - len(bad)} of {len(files)} files end well; the slowest took {slowest:.2f} s")
    sys.exit(1 if bad or not files else 0)


main()
