"""Running `autograder validate` as people do, and reading what it wrote."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from commands import run

from autograder.course import Course
from autograder.proof import Validation, Verdict

Cases = dict[str, dict[str, dict[str, object]]]


def run_validate(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return run(folder, "autograder", "validate", "--jobs", "2", *words)


def verdicts_on(course: Course, name: str, processes: int = 1) -> dict[str, Verdict]:
    """Return what `validate` says of each case of one assignment."""
    return {v.case: v for _, v in Validation(course, [name], processes=processes).run()}


def cases_in(file: Path) -> Cases:
    """The cases of each assignment in a JSON file of `validate`."""
    found = json.loads(file.read_text(encoding="utf-8"))
    assert found["schema"] == 1
    return {
        each["name"]: {case["case"]: case for case in each["cases"]}
        for each in found["assignments"]
    }
