"""A class of submissions: find them, mark them, and put the results where they belong."""

from __future__ import annotations

import traceback
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from autograder.checks.results import clean
from autograder.course import Course
from autograder.errors import AutograderError, CourseError
from autograder.files import Reserve, remove_parts, write_atomically
from autograder.grading.cache import FOLDER, mark_with_cache
from autograder.grading.marker import Marked
from autograder.grading.pool import Failure, Job
from autograder.grading.report import Report
from autograder.nbgrader.gradebook import AssignmentGradebook, open_gradebook, write_autograded
from autograder.nbgrader.late import submitted_at

_NAME_SIGNS = frozenset(" _-.,@+=~!'()")
_NAME_LENGTH = 128  # what a column of nbgrader's gradebook holds
_NAME_BYTES = 200  # what the name of a file holds, and an ending


@dataclass(frozen=True)
class Submission:
    """The work that one student handed in for one assignment.

    `path` is the folder that holds the notebooks, or a loose notebook.
    """

    student: str
    assignment: str
    path: Path


@dataclass(frozen=True)
class GradedSubmission:
    """A submission and its report, or the reason why the grader could not give one.

    `known` says that it had been marked before, and was not marked again; `stopped`, that the
    reason is about the whole assignment.
    """

    submission: Submission
    report: Report | None
    failure: str = ""
    known: bool = False
    stopped: bool = False


def find_submissions(
    course: Course, paths: Sequence[Path] = (), assignment: str | None = None
) -> list[Submission]:
    """Return the submissions that `paths` name; all of `submitted/` when there are none.

    A path may be a folder of `submitted/<student>/<assignment>/`, a folder of loose
    notebooks named after their students, or one notebook. Raises CourseError where a path does
    not exist, or says nothing about its assignment.
    """
    if assignment is not None:
        course.assignment(assignment)
    found: dict[tuple[str, str], Submission] = {}
    for path in paths or [course.submitted_dir]:
        if not path.exists():
            raise CourseError(f"{path} does not exist: there is nothing to mark")
        for submission in _in_path(course, path.resolve(), assignment):
            found.setdefault((submission.assignment, submission.student), submission)
    return [found[key] for key in sorted(found)]


def _in_path(course: Course, path: Path, assignment: str | None) -> Iterable[Submission]:
    submitted = course.submitted_dir.resolve()
    inside = path.relative_to(submitted).parts if path.is_relative_to(submitted) else None
    if inside is None:
        files = sorted(path.glob("*.ipynb")) if path.is_dir() else [path]
        for file in files:
            if assignment is None and len(course.names) > 1:
                raise CourseError(
                    f"{file}: which assignment is this? Say so with --assignment NAME"
                )
            yield Submission(file.stem, assignment or course.names[0], file)
        return
    names = [assignment] if assignment else course.names
    students = inside[:1] or sorted(
        folder.name
        for folder in submitted.iterdir()
        if folder.is_dir() and not folder.name.startswith(".")
    )
    for student in students:
        for name in names:
            folder = submitted / student / name
            if folder.is_dir() and inside[1:2] in ((), (name,)):
                yield Submission(student, name, folder)


def overlooked(course: Course) -> list[str]:
    """Return what lies in `submitted/` where no submission is looked for, by relative path."""
    found = []
    for place in sorted(course.submitted_dir.iterdir()):
        entries = sorted(place.iterdir()) if place.is_dir() else [place]
        found += [
            entry.relative_to(course.submitted_dir).as_posix()
            for entry in entries
            if not place.name.startswith(".") and not entry.name.startswith(".")
            if not (place.is_dir() and entry.is_dir() and entry.name in course.names)
        ]
    return found


def grade_class(
    course: Course,
    submissions: Sequence[Submission],
    *,
    processes: int,
    sandbox: str = "auto",
    reports_dir: Path | None = None,
    reuse: bool = True,
    on_outcome: Callable[[GradedSubmission], None] = lambda outcome: None,
) -> list[GradedSubmission]:
    """Mark `submissions`; write reports, gradebook and autograded notebooks as each is done.

    With `reuse`, a submission that was marked before is marked again only if something changed
    that its result depends on. An assignment that cannot be marked does not stop the others.
    Returns one outcome a submission, in the order of `submissions`. Raises what stopped all of
    them, such as an AutograderError.
    """
    outcomes: dict[Submission, GradedSubmission] = {}

    def done(outcome: GradedSubmission) -> None:
        outcomes[outcome.submission] = outcome
        on_outcome(outcome)

    folder = reports_dir or course.reports_dir
    groups: dict[str, list[Submission]] = {}
    for submission in sorted(submissions, key=lambda submission: submission.assignment):
        groups.setdefault(submission.assignment, []).append(submission)
    stopped: dict[str, Exception] = {}
    for name, group in groups.items():
        try:
            for outcome in _grade(course, name, group, folder, processes, sandbox, reuse):
                done(outcome)
        except Exception as error:  # whatever it is, the next assignment has nothing to do with it
            stopped[name] = error
    if stopped and len(stopped) == len(groups):
        raise _of_all(stopped)
    for name, why in stopped.items():
        for submission in groups[name]:
            if submission not in outcomes:
                done(GradedSubmission(submission, None, _reason(why), stopped=True))
    return [outcomes[submission] for submission in submissions]


def _of_all(stopped: Mapping[str, Exception]) -> Exception:
    """Return the error of several assignments, of which none could be marked."""
    first, *others = stopped.values()
    if all(str(other) == str(first) for other in others):
        return first
    return AutograderError("\n".join(f"{name}: {_reason(e)}" for name, e in stopped.items()))


def _reason(error: Exception) -> str:
    if isinstance(error, AutograderError):
        return str(error)
    return "".join(traceback.format_exception(error))


def _grade(
    course: Course,
    name: str,
    submissions: Iterable[Submission],
    folder: Path,
    processes: int,
    sandbox: str,
    reuse: bool,
) -> Iterator[GradedSubmission]:
    """Mark and keep the submissions of one assignment, yielding each as it is done."""
    jobs = {}
    for submission in submissions:
        refusal = _refusal(submission)
        if refusal is not None:
            yield GradedSubmission(submission, None, refusal)
            continue
        path = submission.path
        arrival, problem = submitted_at(path if path.is_dir() else path.parent)
        problems = () if problem is None else (problem,)
        jobs[Job(submission.student, path, problems=problems)] = submission, arrival
    remove_parts(folder / name)
    remove_parts(course.autograded_dir)
    ours = course.root / FOLDER
    remove_parts(ours)
    with Reserve(ours) as reserve, open_gradebook(course, name) as gradebook:
        marked = mark_with_cache(
            course, name, list(jobs), processes=processes, sandbox=sandbox, reuse=reuse
        )
        waited: set[Job] = set()
        later: list[tuple[Job, Marked | Failure, bool]] = []
        for job, result, known in chain(marked, later):
            submission, arrival = jobs[job]
            failure = _keep(course, gradebook, result, arrival, folder)
            if failure and isinstance(result, Marked) and job not in waited:
                # Perhaps the disk is full: once more with what is reserved, and once when nobody
                # writes to it any more.
                reserve.release()
                failure = _keep(course, gradebook, result, arrival, folder)
                if failure:
                    waited.add(job)
                    later.append((job, result, known))
                    continue
            report = result.report if isinstance(result, Marked) and not failure else None
            yield GradedSubmission(submission, report, failure, known)


def _refusal(submission: Submission) -> str | None:
    """Return why a submission is not opened: its name or place would leave its folder."""
    if not _is_name(submission.student):
        return (
            f"{clean(ascii(submission.student))} cannot be the name of a student: rename what was "
            "handed in to letters, digits and a few signs before you open nbgrader's pages"
        )
    notebooks = submission.path.glob("*.ipynb") if submission.path.is_dir() else ()
    handed_in = (submission.path, *submission.path.parents[:2], *notebooks)
    if any(path.is_symlink() for path in handed_in):
        return "what was handed in is a link to another file or folder"
    return None


def _is_name(student: str) -> bool:
    """Return whether nbgrader's pages can show a name: they put it into scripts and addresses."""
    return (
        all(c in _NAME_SIGNS or unicodedata.category(c)[0] in "LMN" for c in student)
        and 0 < len(student) <= _NAME_LENGTH
        and len(student.encode()) <= _NAME_BYTES
        and student == student.strip()
        and not student.startswith(".")
    )


def _keep(
    course: Course,
    gradebook: AssignmentGradebook,
    result: Marked | Failure,
    arrival: datetime | None,
    folder: Path,
) -> str:
    """Put one result into the gradebook, the autograded folder and the reports in `folder`.

    The report comes last: where there is one, everything else is there too. Returns why it could
    not be kept, nothing where it is.
    """
    if isinstance(result, Failure):
        return result.reason
    report = result.report
    try:
        points = {(task.notebook, task.cell): task.points for task in report.tasks}
        gradebook.record(report.student, points, result.notebooks, arrival)
        write_autograded(course, report.assignment, report.student, result.notebooks)
        path = folder / report.assignment / f"{report.student}.json"
        write_atomically(path, report.to_json().encode("utf-8"))
    except (OSError, ValueError, SQLAlchemyError) as error:
        return f"the result could not be kept: {error}"
    return ""
