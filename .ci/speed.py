#!/usr/bin/env python3
"""How long the released binary takes for a JUnit file of 64 MB, as a ratio to `junitparser` from PyPI. Printed, not judged.

usage: speed.py BINARY PYTHON FOLDER
"""
import os
import pathlib
import subprocess
import sys
import time

SUITES, CASES = 2600, 100

binary, python, folder = os.path.abspath(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3])
folder.mkdir(parents=True, exist_ok=True)
report = folder / "junit-64mb.xml"
THEIRS = "import sys, junitparser; print(sum(1 for suite in junitparser.JUnitXml.fromfile(sys.argv[1]) for case in suite))"


def generate():
    """260,000 cases, one in fifty of them failing."""
    with report.open("w") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="all">\n')
        for suite in range(SUITES):
            file.write(f'<testsuite name="com.example.shop.Suite{suite}" tests="{CASES}" failures="2" errors="0">\n')
            for case in range(CASES):
                tag = (
                    f'<testcase name="adds item {case} to a cart that already holds some &amp; keeps its total right for every currency"'
                    f' classname="com.example.shop.cart.CartServiceIntegrationTest{suite}" time="0.{case:03}"'
                    f' file="src/test/java/com/example/shop/CartTest{suite}.java"'
                )
                failure = '><failure message="expected 1 but was 0">at CartTest.java:7</failure></testcase>\n'
                file.write(tag + (failure if case % 50 == 7 else "/>\n"))
            file.write("</testsuite>\n")
        file.write("</testsuites>\n")


def measure(command):
    """The fastest of three runs in seconds, with its own memory in megabytes."""
    best, before = float("inf"), 0
    for _ in range(3):
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        best = min(best, time.perf_counter() - start)
        before = max(before, usage.ru_maxrss / 1024)
        if status:
            sys.exit(f"{command[0]} ended with {status}")
    return best, before


generate()
ours, our_memory = measure([binary, "inspect", "--format", "json", str(report)])
theirs, their_memory = measure([python, "-c", THEIRS, str(report)])
print(f"  {report.stat().st_size >> 20} MB of JUnit, {SUITES * CASES} cases")
print(f"  readiness inspect  {ours:6.2f} s {our_memory:6.0f} MB")
print(f"  junitparser        {theirs:6.2f} s {their_memory:6.0f} MB")
print(f"  ours takes {ours / theirs:.3f} of its time and {our_memory / their_memory:.3f} of its memory")
report.unlink()
