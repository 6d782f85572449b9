#!/usr/bin/env python3
"""Measures the released binary and image against their bars: static, small, quick to start.

usage: bars.py BINARY IMAGE_TAR_GZ
"""
import os
import statistics
import subprocess
import sys
import time

binary, image = map(os.path.abspath, sys.argv[1:3])


def startup():
    """Median of 40 starts in milliseconds, each measured around the whole process."""
    times = []
    for _ in range(40):
        start = time.perf_counter()
        subprocess.run([binary, "--version"], stdout=subprocess.DEVNULL, check=True)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


headers = subprocess.run(["readelf", "--program-headers", "--dynamic", binary], capture_output=True, text=True, check=True)
needed = [line.strip() for line in headers.stdout.splitlines() if "NEEDED" in line or "INTERP" in line]
bars = [
    ("libraries and loaders needed", len(needed), 0, ""),
    ("binary", os.path.getsize(binary) / 1e6, 8, "MB"),
    ("image, compressed", os.path.getsize(image) / 1e6, 6, "MB"),
    ("readiness --version", startup(), 10, "ms"),
]
for name, value, bar, unit in bars:
    print(f"  {name:<30} {value:8.2f} {unit:<3} bar {bar} {'ok' if value <= bar else 'MISSED'}")
sys.exit(0 if all(value <= bar for _, value, bar, _ in bars) else 1)
