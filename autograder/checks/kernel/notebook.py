"""`check("…")`, `variant("…")` and others as a student's notebook has them.

    from autograder import check, draw_recorded, student, variant

`check` runs the public checks of `checks.py`, which lies beside the notebook, against
what the notebook has defined so far. While a notebook is being marked all are others, see
`autograder.sandbox.session.inert`.
"""

from __future__ import annotations

import math
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.checks.kernel.identity import name_for_numbers, say_name
from autograder.checks.results import CheckResult, number, score
from autograder.errors import AutograderError, CourseError, SubmissionError

_NOTE = (
    "These are the public checks, of your answers as you last ran them. "
    "Marking runs more of them, on other numbers."
)


@dataclass(frozen=True, repr=False)
class CheckOutcome:
    """The answer of `check`: a table in a notebook, and the score as its text.

    nbgrader reads the text of a test cell's last value as its score.
    """

    task: str
    results: tuple[CheckResult, ...]
    max_points: float | None

    @property
    def points(self) -> float:
        """The score in points, or the share of passed weight where points are unknown."""
        return score(self.results, 1.0 if self.max_points is None else self.max_points)

    @property
    def passed(self) -> bool:
        """True when every check passed."""
        return all(result.passed for result in self.results)

    def __repr__(self) -> str:
        return number(self.points)

    def __str__(self) -> str:
        return "\n".join(
            f"{'✓' if result.passed else '✗'} {result.description}"
            + "".join(f"\n    {line}" for line in result.message.splitlines())
            for result in self.results
        )

    def _repr_html_(self) -> str:
        from autograder.checks.kernel.view import results_table

        points = None if self.max_points is None else self.points
        return results_table(self.results, points, self.max_points, note=_NOTE)


def check(task: str) -> CheckOutcome:
    """Run the public checks of `task` on what this notebook has defined so far.

    Returns an outcome that a notebook shows as a table. Raises CourseError when checks.py
    is not beside the notebook or has no checks for `task`.
    """
    from autograder.checks.runner.suite import Suite, run_suite
    from autograder.sandbox import LocalSession

    def body(suite: Suite) -> list[CheckResult]:
        return suite.run(
            task,
            LocalSession(_namespace()),
            student=name_for_numbers() if suite.draws(task) else "",
            check_seconds=math.inf,
            why_missing=lambda name: "has the cell that defines it been run?",
        )

    with _told_plainly():
        path = _find_checks()
        results = run_suite(path, None, body, assignment=_assignment(path))
    return CheckOutcome(task, tuple(results), _points(path.parent, task))


def variant(task: str) -> dict[str, Any]:
    """Return this student's own numbers for `task`, always the same, and print whose they are.

    Raises CourseError when checks.py is not beside the notebook or draws none for `task`, and
    where the notebook asks for a name and nobody knows it.
    """
    from autograder.checks.runner.loading import loaded
    from autograder.checks.runner.variants import Draws

    with _told_plainly(), loaded(_find_checks()) as module:
        draws = Draws.of(module)
        return draws.numbers(task, name_for_numbers(aloud=task in draws.functions))


def student(name: str = "") -> None:
    """Say under which name you hand in: numbers of your own are drawn from it.

    A course's server knows it already. Raises CourseError for what cannot be a name.
    """
    with _told_plainly():
        say_name(name)


def draw_recorded(axes: Any, name: str, label: str = "") -> None:
    """Draw how the curve `name` went in right solutions into matplotlib's `axes`, in grey.

    `label` stands in the legend, by default how many runs there are. Raises CourseError when
    data/curves.json does not lie beside checks.py or has no such curve.
    """
    from autograder.checks.kernel.curves import FILE, draw_curve, read_curve

    with _told_plainly():
        recorded = read_curve(_find_checks().parent / FILE, name)
    draw_curve(axes, recorded, label or f"{recorded['runs']} right runs")


def _namespace() -> dict[str, Any]:
    """Return the notebook's names, or those of the script that runs."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return vars(sys.modules["__main__"]) if shell is None else shell.user_ns


def _find_checks() -> Path:
    folders = [Path.cwd()]
    notebook = _notebook()
    if notebook is not None:
        folders.append(notebook.parent)
    for folder in folders:
        if (folder / "checks.py").is_file():
            return folder / "checks.py"
    places = " or ".join(dict.fromkeys(str(folder) for folder in folders))
    raise CourseError(
        f"checks.py is not in {places}: keep the notebook in the folder of its assignment"
    )


def _notebook() -> Path | None:
    """Return the path of the notebook this kernel belongs to, where Jupyter tells it."""
    name = os.environ.get("JPY_SESSION_NAME")
    return Path(name) if name and name.endswith(".ipynb") else None


def _assignment(path: Path) -> str:
    """Return the assignment's name, which is its folder's or, elsewhere, its notebook's."""
    notebooks = sorted(path.parent.glob("*.ipynb"))
    return notebooks[0].stem if len(notebooks) == 1 else path.parent.resolve().name


def _points(folder: Path, task: str) -> float | None:
    """Return what `task` is worth, from the test cell of the notebook beside checks.py."""
    from autograder.notebook import read_notebook, tasks_of

    mine = _notebook()
    candidates = [mine] if mine is not None and mine.parent == folder else []
    for path in [*candidates, *sorted(folder.glob("*.ipynb"))]:
        try:
            notebook, _ = read_notebook(path)
        except SubmissionError:
            continue
        for found in tasks_of(notebook):
            if found.id == task and found.kind == "checks":
                return found.points
    return None


@contextmanager
def _told_plainly() -> Iterator[None]:
    """Let IPython show our errors as their one sentence: the frames are not the student's."""
    try:
        yield
    except (AutograderError, KeyboardInterrupt) as error:
        said = _interrupted(error) if isinstance(error, KeyboardInterrupt) else str(error)
        lines = [f"{type(error).__name__}: {said}"]
        error._render_traceback_ = lambda: lines  # type: ignore[union-attr]
        raise


def _interrupted(error: KeyboardInterrupt) -> str:
    """Say which line of the notebook was running when its owner lost patience."""
    own = [
        f"line {line} of `{frame.f_code.co_name}`'s cell"
        for frame, line in traceback.walk_tb(error.__traceback__)
        if frame.f_globals is _namespace()
    ]
    return f"stopped at {own[-1]}: does a loop never end?" if own else "the check was stopped"
