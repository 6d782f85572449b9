"""Audits the five open plans: each rule that is known to be broken must be reported, at the line where it is.

usage: python3 .ci/audit.py BINARY SEEDS
"""

import glob
import json
import subprocess
import sys

# Document, then rule and line; the reference says which contradictions each document holds.
EXPECTED = {
    "000": {"sum": [20, 101, 115], "bound": [61], "gain-exceeds-gap": [61, 130], "bands": [85, 94, 103], "timeline": [115], "goal": [4], "mean-bound": [13, 92, 101], "claim-without-evidence": [132]},
    "001": {"sum": [122, 129, 136, 143], "bound": [73], "gain-exceeds-gap": [73], "mean-bound": [140, 147], "claim-without-evidence": [43], "goal": [5], "timeline": [64]},
    "002": {
        "sum": [57, 58, 65, 81, 188],
        "mislabel": [59],
        "effort-order": [66],
        "timeline": [75, 157, 167, 185, 253, 254],
        "small-sample": [53],
        "claim-without-evidence": [43, 200],
    },
    "003": {
        "sum": [44, 167, 175, 199, 240, 246],
        "bound": [72, 154],
        "gain-exceeds-gap": [49, 72],
        "weight-mismatch": [99, 116, 118, 154],
        "claim-without-evidence": [40],
        "effort-order": [118, 163, 164, 172],
        "headline": [3],
        "mean-bound": [167, 205],
        "policy-drift": [205],
        "unaddressed-gap": [12, 35, 167],
    },
    "004": {
        "sum": [36, 184],
        "weight-mismatch": [33, 98, 121],
        "ratio": [36, 78],
        "bands": [300, 301],
        "claim-without-evidence": [23, 42, 63, 85, 109, 133],
        "unaddressed-gap": [42, 153, 171],
        "gain-exceeds-gap": [98, 121],
        "mislabel": [36],
        "effort-order": [279, 282],
        "policy-drift": [227, 233, 237],
        "timeline": [183, 308, 319, 320, 321, 324],
        "headline": [3],
    },
}


def audit(binary, *documents):
    """The exit status, and per document its findings as (rule, line)."""
    answer = subprocess.run([binary, "audit", "--quiet", "--format", "json", *documents], capture_output=True, text=True, timeout=60)
    found = json.loads(answer.stdout)["documents"]
    return answer.returncode, [[(f["rule"], f["line"]) for f in d["findings"]] for d in found]


def main(binary, seeds):
    wrong = []
    paths = {path.rsplit("/", 1)[1][:3]: path for path in glob.glob(f"{seeds}/*.txt")}
    for name, rules in EXPECTED.items():
        status, [found] = audit(binary, paths[name])
        expected = {(rule, line) for rule, lines in rules.items() for line in lines}
        wrong += [f"{name}: {rule} in line {line} is missing" for rule, line in sorted(expected - set(found))]
        if status != 1:
            wrong.append(f"{name}: exit {status}")
        print(f"{name}: {len(found)} findings, {len(expected & set(found))} of {len(expected)} expected ones")
    _, [_, second] = audit(binary, paths["000"], paths["001"])
    wrong += [f"000 and 001 together: policy-drift in line {line} is missing" for line in (119, 184) if ("policy-drift", line) not in second]
    for page in ["README.md", "CHANGELOG.md", "docs/policy.md", "docs/formats.md", "docs/architecture.md"]:
        status, [found] = audit(binary, page)
        if status != 0:
            wrong.append(f"{page}: exit {status}, {found}")
    print("\n".join(wrong) or "every expected contradiction is found")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
