"""The solution notebook run once more by nbval: every output must come out as it was built."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

from nbformat import NotebookNode

from autograder.authoring.release import public_files
from autograder.course import Course
from autograder.grading.command import Command, Ended
from autograder.notebook import grade_id_of, load_notebook
from autograder.notebook.wording import label

_RESULTS = "nbval.xml"
_COLOURS = re.compile(r"(?:\x1b|#x1B)\[[\d;]*m")
_CELL = re.compile(r"Cell (\d+)")
_PASSED, _FAILED = 0, 1  # exit codes of pytest
# A notebook has many cells, each of which may take as long as a submission.
_CELLS = 10
_SHOWN = 300


def nbval_command(course: Course, name: str, scratch: Path) -> Command | str:
    """Return the command that runs nbval in `scratch`, or why there is none.

    The notebook lies there beside what students get, as when it was built, and its kernel is
    the Python that runs us.
    """
    if find_spec("nbval") is None:
        return "nbval is not installed: pip install 'deep-learning-autograder[instructor]'"
    folder = scratch / name / "nbval"
    for relative, source in public_files(course, name).items():
        (folder / relative).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, folder / relative)
    folder.mkdir(parents=True, exist_ok=True)
    notebook = f"{name}.ipynb"
    shutil.copyfile(course.solution_dir(name) / notebook, folder / notebook)
    seconds = course.limits_for(name).submission_seconds
    words = f"-m pytest -q -c {os.devnull} --rootdir . -p no:cacheprovider -p nbval.plugin"
    words += f" --nbval --nbval-current-env --nbval-cell-timeout {seconds:.0f}"
    words += f" --junitxml {_RESULTS}"
    without = ("MPLBACKEND", "PYTEST_ADDOPTS", "PYTEST_PLUGINS")
    environment = {key: value for key, value in os.environ.items() if key not in without}
    environment |= {"AUTOGRADER_STUDENT": "reference", "PYTHONHASHSEED": "0"}
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    return Command(
        (sys.executable, *words.split(), notebook), folder, environment, _CELLS * seconds
    )


def nbval_complaints(command: Command, ended: Ended) -> list[str]:
    """Return a sentence for each cell that did not come out as it was built."""
    results = command.folder / _RESULTS
    if ended.status not in (_PASSED, _FAILED) or not results.is_file():
        said = " ".join(_COLOURS.sub("", ended.output).split())[-_SHOWN:]
        return [f"nbval did not finish: {said}"]
    notebook = load_notebook(command.folder / command.words[-1])
    tree = ElementTree.parse(results)
    found = [
        _in_short(notebook, case.get("name", ""), failure.text or failure.get("message") or "")
        for case in tree.iter("testcase")
        for failure in (*case.iter("failure"), *case.iter("error"))
    ]
    if ended.status == _FAILED and not found:
        return [f"nbval failed: {' '.join(ended.output.split())[-_SHOWN:]}"]
    return found


def _in_short(notebook: NotebookNode, cell: str, text: str) -> str:
    """Return one sentence of what nbval says on half a page."""
    lines = [line.strip() for line in _COLOURS.sub("", text).splitlines() if line.strip()]
    what = next((line.partition(": ")[2] for line in lines if _CELL.match(line)), "")
    detail = list(_details(lines)) or lines[-1:]
    return f"{_place(notebook, cell)}: {what}: {'; '.join(detail)}"[:_SHOWN]


def _details(lines: list[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if line.startswith(("mismatch ", "dissimilar number", "Missing output", "Unexpected out")):
            yield line
        if line.startswith("assert reference_output == test_output"):
            yield from lines[number + 1 : number + 2]


def _place(notebook: NotebookNode, cell: str) -> str:
    """Return the label of a cell, of which nbval counts those with code, from 0."""
    match = _CELL.fullmatch(cell)
    code = [index for index, each in enumerate(notebook.cells) if each.cell_type == "code"]
    if match is None or int(match[1]) >= len(code):
        return cell or "the notebook"
    index = code[int(match[1])]
    return label(index + 1, grade_id_of(notebook.cells[index]))
