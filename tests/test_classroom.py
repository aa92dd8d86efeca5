"""Which submissions a command line names, and how they are kept."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from commands import run
from nbgrader.api import Gradebook
from submissions import RIGHT, answered, hand_in, released

from autograder.course import Course
from autograder.errors import CourseError
from autograder.grading.classroom import find_submissions, grade_class, overlooked
from autograder.grading.report import Report
from autograder.nbgrader.late import submitted_at


@pytest.fixture
def course(tiny_course: Course) -> Course:
    """A course in which three students handed in."""
    for student in ("ada", "bob", "cleo"):
        hand_in(tiny_course, student, released(tiny_course))
    (tiny_course.submitted_dir / ".ipynb_checkpoints").mkdir()
    return tiny_course


def students(course: Course, *paths: Path, assignment: str | None = None) -> list[str]:
    return [found.student for found in find_submissions(course, paths, assignment)]


def marked(course: Course, folder: Path, sandbox: str = "auto") -> Report:
    """Mark the one submission in a folder."""
    found = find_submissions(course, [folder])
    (outcome,) = grade_class(course, found, processes=1, sandbox=sandbox)
    assert outcome.report is not None
    return outcome.report


def test_without_a_path_all_of_submitted_is_meant(course: Course) -> None:
    assert students(course) == ["ada", "bob", "cleo"]


def test_a_student_s_folder_means_that_student(course: Course) -> None:
    assert students(course, course.submitted_dir / "bob") == ["bob"]
    assert students(course, course.submitted_dir / "bob" / "tiny") == ["bob"]
    assert students(course, course.submitted_dir / "bob" / "tiny" / "tiny.ipynb") == ["bob"]


def test_loose_notebooks_are_named_after_their_students(course: Course, tmp_path: Path) -> None:
    source = course.submitted_dir / "ada" / "tiny" / "tiny.ipynb"
    for student in ("dora", "emil"):
        shutil.copy(source, tmp_path / f"{student}.ipynb")
    assert students(course, tmp_path) == ["dora", "emil"]
    assert students(course, tmp_path / "emil.ipynb", assignment="tiny") == ["emil"]


def test_a_path_that_is_not_there_is_named(course: Course, tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="nowhere"):
        students(course, tmp_path / "nowhere")


def test_an_unknown_assignment_is_named_with_the_known_ones(course: Course) -> None:
    with pytest.raises(CourseError, match="tiny"):
        students(course, assignment="tny")


def test_the_only_notebook_is_marked_whatever_it_is_called(course: Course) -> None:
    folder = hand_in(course, "dora", answered(course, **RIGHT)).parent
    (folder / "tiny.ipynb").rename(folder / "tiny (1).ipynb")
    report = marked(course, folder)
    assert report.score == 5
    assert [problem.kind for problem in report.problems] == ["name"]


def test_two_notebooks_with_other_names_are_a_question(course: Course) -> None:
    folder = hand_in(course, "dora", answered(course, **RIGHT)).parent
    shutil.copy(folder / "tiny.ipynb", folder / "a.ipynb")
    (folder / "tiny.ipynb").rename(folder / "b.ipynb")
    report = marked(course, folder)
    (problem,) = report.problems
    assert problem.kind == "missing"
    assert "a.ipynb, b.ipynb" in problem.message


def test_what_lies_in_no_assignment_s_folder_is_named(course: Course) -> None:
    """The notebook beside its folder, a folder in another case, and a file of nobody."""
    submitted = course.submitted_dir
    (submitted / "ada" / "tiny").rename(submitted / "ada" / "Tiny")
    (submitted / "bob" / "tiny" / "tiny.ipynb").rename(submitted / "bob" / "tiny.ipynb")
    (submitted / "cleo" / ".DS_Store").touch()
    (submitted / "dora.ipynb").write_text("{}")
    assert overlooked(course) == ["ada/Tiny", "bob/tiny.ipynb", "dora.ipynb"]
    done = run(course.root, "autograder", "grade")
    assert "<student>/<assignment>/: ada/Tiny, bob/tiny.ipynb, dora.ipynb" in done.stdout


def test_running_without_walls_takes_the_word_none_and_is_recorded(course: Course) -> None:
    report = marked(course, course.submitted_dir / "ada", sandbox="none")
    assert report.sandbox == "none"


NO_NAMES = [
    "..",
    "\x1b]0;owned\x07",
    "<img src=x onerror=alert(1)>",
    "%3Cimg src=x onerror=alert(1)%3E",
    "';alert(1);'\\",
    "javascript:alert(1)",
    "$x$",
    "a?b#c",
    "\udcff",
    "y" * 129,
    "ü" * 101,
]
NAMES = ["o'brien (2), jr.", "a+b=c@d.e~f!", "Zoe\u0308", "x" * 128]


def test_what_cannot_be_a_name_is_not_marked_and_written_nowhere(
    course: Course, tmp_path: Path
) -> None:
    source = course.submitted_dir / "ada" / "tiny" / "tiny.ipynb"
    for stem in (*NO_NAMES, *NAMES):
        shutil.copy(source, tmp_path / f"{stem}.ipynb")
    before = {path.name for path in course.root.iterdir()}
    found = find_submissions(course, [tmp_path])
    outcomes = grade_class(course, found, processes=1)
    refused = {o.submission.student: o.failure for o in outcomes if o.report is None}
    assert set(refused) == set(NO_NAMES)
    for failure in refused.values():
        assert "cannot be the name of a student" in failure
        assert failure.isprintable()
    new = {path.name for path in course.root.iterdir()} - before
    assert new <= {"reports", "autograded", "gradebook.db", ".autograder"}
    written = {path.stem for path in (course.reports_dir / "tiny").iterdir()}
    assert written == set(NAMES)
    assert {path.name for path in course.autograded_dir.iterdir()} == set(NAMES)


def test_a_link_to_somebody_else_s_work_is_not_marked(course: Course) -> None:
    file, folder, student = (course.submitted_dir / f"mallory-{n}" / "tiny" for n in range(3))
    file.mkdir(parents=True)
    (file / "tiny.ipynb").symlink_to(course.solution_dir("tiny") / "tiny.ipynb")
    folder.parent.mkdir()
    folder.symlink_to(course.submitted_dir / "ada" / "tiny")
    student.parent.symlink_to(course.submitted_dir / "ada")
    outcomes = grade_class(course, find_submissions(course), processes=1)
    refused = {o.submission.student: o.failure for o in outcomes if o.report is None}
    assert list(refused) == ["mallory-0", "mallory-1", "mallory-2"]
    assert all("is a link" in failure for failure in refused.values())


def test_a_timestamp_that_is_a_pipe_holds_nobody_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "timestamp.txt")
    assert submitted_at(tmp_path) == (None, None)


@pytest.mark.parametrize(
    "stamp",
    [
        *("2027-04-30 21:58:00.5 UTC", "2027-04-30 21:58:00", "2027-04-30 23:58:00 +0200"),
        *("2027-04-30T23:58:00+02:00", "20270430T215800Z", "2027-04-30 23:58 UTC+2\r\n"),
        "2027-04-30 23:58 Europe/Berlin",
        "Fri, 30 Apr 2027 14:58:00 -0700",
        "Fri Apr 30 2027 23:58:00 GMT+0200 (Central European Summer Time)",
        "April 30, 2027, 9:58\u202fPM",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_stamp_is_read_with_its_zone(tmp_path: Path, stamp: str, encoding: str) -> None:
    (tmp_path / "timestamp.txt").write_bytes(stamp.encode(encoding))
    moment, problem = submitted_at(tmp_path)
    assert problem is None
    assert moment is not None
    assert moment.replace(microsecond=0) == datetime(2027, 4, 30, 21, 58)


@pytest.mark.parametrize(
    ("stamp", "why"),
    [
        *((f"2027-04-30 16:00:00 {zone}", f"time zone {zone}") for zone in ("PDT", "CEST", "IST")),
        ("Fri Apr 30 23:58:00 CEST 2027", "time zone CEST"),
        ("2027-04-30 16:00 Europe/Rungholt", "time zone Europe/Rungholt"),
        *(
            (stamp, "does not hold a date and time")
            for stamp in (
                *("", "yesterday", "2027-04-30", "23:58", "1809122280", "03/04/2027 23:58"),
                *("2027-02-30 12:00 UTC", "0001-01-01 00:00 +0200", "2027-04-30 16:00 +9900"),
                *(
                    "2027-04-30 16:00 pdt",
                    "2027-04-30 16:00 (PDT)",
                    "2027-04-30 16:00 UTC Europe/Berlin",
                    "2027-04-30 16:00 /tmp/pipe",
                    "2027-04-30 16:00 Etc/../UTC",
                ),
                *("2027-04-30 1.2.3.4:00", "1:1.1.1", "2027-04-30 \u00b2:00", "\x1b[2J\x07\udcff"),
            )
        ),
    ],
)
def test_a_stamp_that_is_not_clear_is_a_problem_and_no_time(
    tmp_path: Path, stamp: str, why: str
) -> None:
    (tmp_path / "timestamp.txt").write_bytes(stamp.encode(errors="surrogateescape"))
    moment, problem = submitted_at(tmp_path)
    assert moment is None
    assert problem is not None
    assert why in problem.message
    assert problem.message.endswith("so lateness was not judged")
    assert problem.message.isprintable()


def test_a_stamp_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("2027-04-30 21:58:00 UTC")
    (tmp_path / "timestamp.txt").symlink_to(tmp_path / "secret")
    moment, problem = submitted_at(tmp_path)
    assert moment is None
    assert problem is not None


def test_stamps_of_any_kind_stop_nobody_and_cost_nothing(course: Course) -> None:
    """A number that no calendar knows, a zone that is a pipe, and one of many meanings."""
    pipe = course.root / "pipe"
    os.mkfifo(pipe)
    stamps = {
        "ada": f"2027-04-30 {'9' * 40}h",
        "bob": f"2030-01-01 12:00:00 {pipe}",
        "cleo": "2030-01-01 9:00 PDT",
    }
    for student, stamp in stamps.items():
        (course.submitted_dir / student / "tiny" / "timestamp.txt").write_text(stamp)
    for outcome in grade_class(course, find_submissions(course), processes=1):
        assert outcome.report is not None
        assert "timestamp" in [problem.kind for problem in outcome.report.problems]
    with Gradebook(course.gradebook_url, course.id) as gradebook:
        found = gradebook.assignment_submissions("tiny")
        assert [each.late_submission_penalty for each in found] == [0, 0, 0]


def test_a_timestamp_that_cannot_be_read_is_a_problem_and_no_penalty(course: Course) -> None:
    (course.submitted_dir / "ada" / "tiny" / "timestamp.txt").write_text("yesterday")
    report = marked(course, course.submitted_dir / "ada")
    assert "timestamp" in [problem.kind for problem in report.problems]
