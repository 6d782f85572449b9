#!/usr/bin/env python3
"""Writes the workflows that README.md and docs/workflows.md show into a folder, for linters.

usage: pages.py FOLDER
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

PAGES = ("README.md", "docs/workflows.md")

target = Path(sys.argv[1]) / ".github/workflows"
target.mkdir(parents=True, exist_ok=True)
for page in PAGES:
    for number, block in enumerate(re.findall(r"```yaml\n(.*?)```", Path(page).read_text(), flags=re.DOTALL)):
        if "jobs:" in block:
            (target / f"{Path(page).stem}-{number}.yml").write_text(block)
# The pages name releases by tag, as there is no commit to name before a release is made.
(Path(sys.argv[1]) / "zizmor.yml").write_text("rules: {unpinned-uses: {config: {policies: {'*': ref-pin}}}}\n")
