'''Answers by people who had read nothing but the released notebook: wrong ones and right ones.

`<assignment>/wrong/<name>.py` loses marks in its task, `<assignment>/right/<name>.py` keeps them
all. Each is a sentence, the task, and cells of the notebook:

    """a single query loses its axis

    task: attention
    """

    # %% attention
    def attention(Q, K, V): ...

    python tests/independent/answers.py [ASSIGNMENT…]    marks them and says which are judged wrong
'''

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.course import Course, load_course
from autograder.grading.marker import Marked
from autograder.grading.pool import Job, mark_all
from autograder.grading.sheets import read_sheets
from autograder.notebook import tasks_of, with_sources
from autograder.notebook.answers import answers_of

FOLDER = Path(__file__).parent
_FORM = re.compile(r'\A"""(?P<says>.+?)\n+task: (?P<task>\S+)\s*"""\n+(?P<cells>.+)\Z', re.DOTALL)
_CELL = re.compile(r"^# %% (\S+)$", re.MULTILINE)


@dataclass(frozen=True)
class Answer:
    """One file: whether it is right, what it says, its task, and cells by grade_id."""

    path: Path
    is_right: bool
    says: str
    task: str
    cells: dict[str, str]

    def __str__(self) -> str:
        return f"{self.path.relative_to(FOLDER)} ({self.says})"


def read_answer(path: Path) -> Answer:
    """Read one file; ValueError names it where it is not in the form above."""
    found = _FORM.match(path.read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"{path}: a sentence, `task:` and cells are needed")
    parts = _CELL.split(found["cells"])[1:]
    cells = {name: text.strip() for name, text in zip(parts[::2], parts[1::2], strict=True)}
    says = " ".join(found["says"].split())
    return Answer(path, path.parent.name == "right", says, found["task"], cells)


def answers(name: str) -> list[Answer]:
    """All answers to one assignment, by kind and name."""
    return [read_answer(path) for path in sorted((FOLDER / name).glob("*/*.py"))]


def misjudged(course: Course, name: str, found: list[Answer]) -> Iterator[tuple[Answer, str]]:
    """Mark each answer for its task alone; yield those judged wrongly, with what was said."""
    (sheet,) = read_sheets(course, name)
    tests = {task.id: task.test_cell for task in tasks_of(sheet.released)}
    solution = answers_of(sheet.solution)
    jobs = {}
    for answer in found:
        unknown = set(answer.cells) - set(solution)
        if answer.task not in tests or unknown:
            raise ValueError(f"{answer.path}: no task {answer.task}, or no cell {unknown}")
        notebook = with_sources(sheet.released, {**solution, **answer.cells})
        part = replace(sheet, released=notebook).only(tests[answer.task])
        jobs[Job("reference", part.released, answer.task, diagnosed=False)] = answer
    for job, result in mark_all(course, name, list(jobs), processes=2):
        answer = jobs[job]
        if not isinstance(result, Marked):
            yield answer, result.reason
            continue
        (task,) = (each for each in result.report.tasks if each.id == answer.task)
        keeps = task.points == task.max_points
        if keeps != answer.is_right:
            said = [f"{check.id}: {check.message}" for check in task.checks if not check.passed]
            yield answer, "; ".join(said) or f"{task.points:g} of {task.max_points:g} {task.note}"


if __name__ == "__main__":
    COURSE = load_course(Path.cwd())
    ALL_RIGHT = True
    for each in sys.argv[1:] or COURSE.names:
        known = answers(each)
        wrong = list(misjudged(COURSE, each, known))
        for answer, said in wrong:
            print(f"{answer}\n    {said}")
        print(f"{each}: {len(wrong)} of {len(known)} answers are judged wrongly", flush=True)
        ALL_RIGHT &= not wrong
    sys.exit(not ALL_RIGHT)
