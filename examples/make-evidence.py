#!/usr/bin/env python3
"""Writes the evidence of the examples: JUnit, LCOV and `readiness.metrics.json` made to known numbers.

Run it in this folder. Same script, same bytes; what it writes is committed.
"""

import json
from pathlib import Path
from xml.sax.saxutils import quoteattr

CHILD = {"failed": '<failure message="expected another answer"/>',
         "errored": '<error message="the interface it calls is gone"/>',
         "skipped": '<skipped message="not on this branch"/>'}


def suite(name, **outcomes):
    """A suite with so many cases of each outcome, numbered through."""
    cases, number = [], 0
    for outcome, count in outcomes.items():
        for _ in range(count):
            number += 1
            child = CHILD.get(outcome, "")
            end = f">{child}</testcase>" if child else "/>"
            cases.append(f'<testcase name="case {number}"{end}')
    total = sum(outcomes.values())
    counts = (f'tests="{total}" failures="{outcomes.get("failed", 0)}" '
              f'errors="{outcomes.get("errored", 0)}" skipped="{outcomes.get("skipped", 0)}"')
    return "\n".join([f"<testsuite name={quoteattr(name)} {counts}>", *cases, "</testsuite>"])


def junit(path, *suites):
    write(path, "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>", *suites, "</testsuites>"]))


def metrics(path, *rows):
    lines = [json.dumps(dict(zip(("id", "value", "unit", "better"), row))) for row in rows]
    write(path, '{"metrics": [\n  ' + ",\n  ".join(lines) + "\n]}")


def lcov(path, source, functions, called):
    """Functions of two lines each; the body of those that no test calls does not run."""
    lines = []
    for number in range(functions):
        lines += [f"DA:{2 * number + 1},1", f"DA:{2 * number + 2},{1 if number < called else 0}"]
    write(path, "\n".join([f"SF:{source}", *lines, "end_of_record"]))


def write(path, text):
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n", encoding="utf-8")


for gateway in ("gateway", "gateway-production"):
    junit(f"{gateway}/evidence/junit-core.xml",
          suite("core/routing", passed=24), suite("core/limits", passed=12), suite("core/codec", passed=18))
    junit(f"{gateway}/evidence/junit-system.xml", suite("system/smoke", passed=8))

junit("mesh/evidence/junit-critical.xml", suite("critical", passed=21))
junit("mesh/evidence/junit-integration.xml", suite("integration", passed=14))
junit("mesh/evidence/junit-e2e.xml", suite("e2e", passed=1))
junit("mesh/evidence/junit-unit.xml",
      suite("unit/consensus", passed=610, failed=88), suite("unit/identity", passed=540, failed=41),
      suite("unit/telemetry", passed=705, failed=74), suite("unit/retrieval", passed=510, failed=50))

junit("trading/evidence/junit-backend.xml", suite("api", passed=19), suite("logic", passed=36))
junit("trading/evidence/junit-frontend.xml", suite("frontend", passed=22))
junit("trading/evidence/junit-unit.xml", suite("unit", passed=64))
metrics("trading/evidence/readiness.metrics.json",
        ("code.markers", 2, "", "lower"), ("docs.commands-described", 100, "%", "higher"),
        ("deploy.rehearsed-steps", 9, "", "higher"), ("codeql.open-alerts", 0, "", "lower"))

junit("rag/evidence/junit-core.xml",
      suite("core", passed=412), suite("api", passed=188, failed=24), suite("error-handling", passed=24, failed=6))
junit("rag/evidence/junit-performance.xml", suite("performance", passed=56, failed=29))
junit("rag/evidence/junit-concurrency.xml",
      suite("concurrency/cache", passed=20), suite("concurrency/legacy", passed=19, errored=20))
junit("rag/evidence/junit-legacy.xml",
      suite("legacy", passed=20, errored=477, skipped=61), suite("experimental", skipped=57))
lcov("rag/evidence/lcov.info", "src/features.py", functions=25, called=16)
metrics("rag/evidence/readiness.metrics.json",
        ("api.breaking-changes", 0, "", "lower"), ("features.shipped", 24, "", "higher"),
        ("docs.public-names-described", 100, "%", "higher"), ("query.p99", 80, "ms", "lower"),
        ("query.rate", 800, "/s", "higher"), ("scale.documents", 10000, "", "higher"),
        ("telemetry.endpoints-measured", 100, "%", "higher"), ("release.steps-automated", 12, "", "higher"))
