"""Running `autograder validate` as people do, and reading what it wrote."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from commands import run

Cases = dict[str, dict[str, dict[str, object]]]


def run_validate(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return run(folder, "autograder", "validate", "--jobs", "2", *words)


def cases_in(file: Path) -> Cases:
    """The cases of each assignment in a JSON file of `validate`."""
    found = json.loads(file.read_text(encoding="utf-8"))
    assert found["schema"] == 1
    return {
        each["name"]: {case["case"]: case for case in each["cases"]}
        for each in found["assignments"]
    }
