"""The report on one submission: plain records that become JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from autograder.checks import CheckResult
from autograder.errors import CourseError
from autograder.notebook import Problem

SCHEMA = 1


@dataclass(frozen=True)
class TaskReport:
    """One task of a submission.

    `points` is None while the task waits for a person. `sealed` is False for a plain
    nbgrader task, whose asserts run in the student's own session. `cell` is the grade_id
    under which nbgrader's gradebook keeps the score, `notebook` the name of its notebook.
    `answered` is False where the student has written nothing.
    """

    id: str
    cell: str
    points: float | None
    max_points: float
    sealed: bool
    checks: tuple[CheckResult, ...] = ()
    note: str = ""
    notebook: str = ""
    answered: bool = True


@dataclass(frozen=True)
class Report:
    """One marked submission: what it scored, why, and how it was marked.

    `score` counts what is marked by machine; `by_hand` is what waits for a person.
    `sandbox` is the level of the walls that the student's code ran behind.
    """

    assignment: str
    student: str
    max_score: float
    sandbox: str
    seconds: float
    tasks: tuple[TaskReport, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def score(self) -> float:
        """Points earned so far."""
        return round(sum(task.points or 0.0 for task in self.tasks), 2)

    @property
    def by_hand(self) -> float:
        """Points that wait for a person."""
        return sum(task.max_points for task in self.tasks if task.points is None)

    def task(self, name: str, notebook: str | None = None) -> TaskReport:
        """Return the report of one task; KeyError if the assignment has none of that name.

        Names are unique in a notebook; without `notebook` it is the first one found.
        """
        for task in self.tasks:
            if task.id == name and notebook in (None, task.notebook):
                return task
        raise KeyError(name)

    def part(self, notebook: str) -> Report:
        """Return the report of one notebook alone, with the problems that are about all of them."""
        tasks = tuple(task for task in self.tasks if task.notebook == notebook)
        problems = tuple(p for p in self.problems if p.notebook in ("", notebook))
        points = sum(task.max_points for task in tasks)
        return replace(self, max_score=points, tasks=tasks, problems=problems)

    def to_dict(self) -> dict[str, Any]:
        """Return the report in the form of the published schema."""
        data = asdict(self)
        for timed in (data, *(check for task in data["tasks"] for check in task["checks"])):
            timed["seconds"] = round(timed["seconds"], 3)
        return {"schema": SCHEMA, **data, "score": self.score, "by_hand": self.by_hand}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Report:
        """Return the report that `to_dict` wrote; CourseError for another schema."""
        if data.get("schema") != SCHEMA:
            raise CourseError(f"report schema {data.get('schema')!r} is not {SCHEMA}: mark again")
        known = {each.name: data[each.name] for each in fields(cls)}
        known["tasks"] = tuple(
            TaskReport(**{**task, "checks": tuple(CheckResult(**c) for c in task["checks"])})
            for task in data["tasks"]
        )
        known["problems"] = tuple(Problem(**problem) for problem in data["problems"])
        return cls(**known)

    def to_json(self) -> str:
        """Return the report as indented JSON."""
        return json.dumps(self.to_dict(), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
