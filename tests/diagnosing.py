"""Trying what a diagnosis names: answers in sessions of our own, with any inputs and numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from threadpoolctl import threadpool_limits

from autograder.checks import CheckResult, Suite, run_suite
from autograder.checks.diagnosis.known_mistakes import Answers, KnownMistakes
from autograder.checks.runner.clock import TimedSession, TimeUpError, limited
from autograder.checks.runner.solution import solution_namespace
from autograder.course import load_course
from autograder.errors import CourseError
from autograder.notebook import load_notebook, with_sources
from autograder.sandbox import LocalSession
from autograder.sandbox.session import seeded

COURSE = load_course(Path(__file__).resolve().parent.parent)
# The inputs of checks and the student whose numbers they take, beside those of marking.
FRESH = ("fresh", "another student")

_SECONDS = 20  # CPU time of one call, after which an answer is taken for one that hangs


@dataclass(frozen=True)
class Attempted:
    """Cells in place of the reference's, and the task whose checks are run."""

    title: str
    task: str
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Diagnosed:
    """The checks that failed, those that are explained, and the sentences on them."""

    failed: tuple[str, ...]
    explained: tuple[str, ...]
    names: frozenset[str]
    told: str


def diagnose(
    name: str, attempts: Sequence[Attempted], inputs: str = "", student: str = "student"
) -> dict[tuple[str, str], Diagnosed]:
    """Run the checks of the assignment on each attempt with these inputs and numbers.

    A cell that raises or never ends fails the attempt as a whole, and nothing explains it.
    """
    folder = COURSE.solution_dir(name)
    solution = load_notebook(folder / f"{name}.ipynb")

    def body(suite: Suite) -> dict[tuple[str, str], Diagnosed]:
        suite.inputs = inputs
        numbers = suite.variants(student)
        theirs = suite.variants("reference")
        reference = LocalSession(solution_namespace(solution, folder, theirs))
        known = KnownMistakes(folder, solution, reference, suite, seconds=_SECONDS)
        found = {}
        for attempt in attempts:
            notebook = with_sources(solution, attempt.cells)
            try:
                with seeded(), limited(_SECONDS):
                    namespace = solution_namespace(
                        notebook, folder, numbers, module_name="students_own"
                    )
            except (CourseError, TimeUpError) as error:
                found[attempt.title, attempt.task] = Diagnosed((repr(error),), (), frozenset(), "")
                continue
            session, answers = TimedSession(namespace, _SECONDS), Answers()
            results = suite.run(attempt.task, session, reference, student=student, seen=answers.add)
            results = known.named(attempt.task, student, results, answers)
            found[attempt.title, attempt.task] = _diagnosed(results)
        return found

    with threadpool_limits(limits=1):
        return run_suite(folder / "checks.py", folder / "hidden_checks.py", body, assignment=name)


def _diagnosed(results: Sequence[CheckResult]) -> Diagnosed:
    told = [result for result in results if result.diagnosis]
    return Diagnosed(
        tuple(result.id for result in results if not result.passed),
        tuple(result.id for result in told),
        frozenset(result.mistake for result in told),
        " ".join(dict.fromkeys(result.diagnosis for result in told)),
    )
