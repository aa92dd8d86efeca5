"""The first workload for otter-grader: the same answers, the same tests, in its own forms.

`otter run` marks one notebook; a class is one command after another. The question in words
has no place in it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell

from autograder.errors import AutograderError
from autograder.notebook import grade_id_of, notebook_bytes
from benchmarks.figures import Scores
from benchmarks.graders import MarkedClass
from benchmarks.torch21 import QUESTIONS, Question
from benchmarks.usage import Usage, measure, said
from benchmarks.workloads import prepare, script

OTTER = "otter"
_SETUP = "import otter\ngrader = otter.Notebook()"


def find_otter(named: str | None) -> str | None:
    """Return the path of the `otter` command, or None; AutograderError if `named` is none."""
    if named is not None:
        found = shutil.which(named)
        if found is None:
            raise AutograderError(f"--otter {named}: there is no such command")
        return str(Path(found).absolute())
    return shutil.which(script("otter")) or shutil.which("otter")


def otter_version(command: str) -> str:
    """Return what `otter --version` calls itself, in one line."""
    done = subprocess.run([command, "--version"], capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if "Otter" in line]
    return lines[0].split()[-1] if lines else "unknown"


def make_autograder(command: str, folder: Path) -> Path:
    """Let `otter generate` make the assignment's zip out of our questions."""
    tests = folder / "tests"
    tests.mkdir(parents=True)
    for question in QUESTIONS:
        (tests / f"{question.name}.py").write_text(_test_file(question), encoding="utf-8")
    path = folder / "autograder.zip"
    words = [command, "generate", "-t", str(tests), "-o", str(path)]
    words += ["--no-config", "--no-requirements", "--no-environment"]
    prepare(words, folder, folder, "otter cannot make the assignment")
    return path


def mark_otter(
    command: str, autograder: Path, handed_in: Mapping[str, bytes], folder: Path
) -> MarkedClass:
    """Mark a class with `otter run`, one notebook after another."""
    scores: Scores = {}
    used = []
    names = {question.name for question in QUESTIONS}
    for student, notebook in handed_in.items():
        place = folder / student
        place.mkdir(parents=True)
        (place / "notebook.ipynb").write_bytes(_as_otter(notebook))
        words = [command, "run", "--no-logo", "-a", str(autograder), "-o", str(place)]
        usage = measure([*words, "notebook.ipynb"], place, place)
        results = place / "results.json"
        if usage.status != 0 or not results.exists():
            raise AutograderError(f"otter has not marked {student}:\n{said(place)}")
        tests = json.loads(results.read_text(encoding="utf-8"))["tests"]
        scores[student] = {
            f"test_{test['name']}": float(test["score"]) for test in tests if test["name"] in names
        }
        used.append(usage)
    return MarkedClass(_sum(used), scores, scores)


def _sum(used: list[Usage]) -> Usage:
    return Usage(
        wall_seconds=sum(usage.wall_seconds for usage in used),
        user_seconds=sum(usage.user_seconds for usage in used),
        system_seconds=sum(usage.system_seconds for usage in used),
        status=0,
        stragglers=sum(usage.stragglers for usage in used),
        lost=any(usage.lost for usage in used),
    )


def _as_otter(content: bytes) -> bytes:
    """Return the notebook with otter's set-up at its top and its checks for test cells."""
    notebook = nbformat.reads(content.decode("utf-8"), as_version=4)
    checks = {f"test_{each.name}": f'grader.check("{each.name}")' for each in QUESTIONS}
    for cell in notebook.cells:
        cell.source = checks.get(grade_id_of(cell) or "", cell.source)
    notebook.cells.insert(0, new_code_cell(_SETUP, id="otter"))
    return notebook_bytes(notebook)


def _test_file(question: Question) -> str:
    """Return one of otter's test files: asserts are one case, parts of a score one each."""
    sources = [f"assert {part}" for part in question.parts]
    if not sources:
        sources = ["\n".join(filter(None, [question.asserts, question.hidden]))]
    points = question.points / len(sources)
    cases = [
        {"code": _prompted(source), "hidden": False, "locked": False, "points": points}
        for source in sources
    ]
    suite = {"cases": cases, "scored": True, "setup": "", "teardown": "", "type": "doctest"}
    test = {"name": question.name, "points": None, "suites": [suite]}
    return f"OK_FORMAT = True\n\ntest = {test!r}\n"


def _prompted(source: str) -> str:
    return "".join(f">>> {line}\n" for line in source.splitlines())
