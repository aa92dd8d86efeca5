"""From master to what students get, and what `--check` notices."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from pathlib import Path

import nbformat
import pytest
from commands import run
from nbformat import NotebookNode
from tiny import CHECKS, MASTER, NUMBERS, with_limits

from autograder.authoring import build
from autograder.course import Course, load_course
from autograder.errors import BuildError, LeakError
from autograder.nbgrader.cells import save_cells
from autograder.notebook import load_notebook


def solution(course: Course) -> Path:
    return course.solution_dir("tiny") / "tiny.ipynb"


def release(course: Course) -> Path:
    return course.release_dir("tiny") / "tiny.ipynb"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def edit_master(course: Course, old: str, new: str) -> None:
    edit(course.solution_dir("tiny") / "tiny.py", old, new)


def stale(course: Course) -> str:
    with pytest.raises(BuildError) as error:
        build(course, check=True)
    return str(error.value)


def sources(notebook: NotebookNode) -> dict[str, str]:
    return {cell.id: cell.source for cell in notebook.cells}


# What is built


def test_students_get_notebook_checks_and_data_and_nothing_else(tiny_course: Course) -> None:
    folder = tiny_course.release_dir("tiny")
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert found == {"tiny.ipynb", "checks.py", "data/numbers.txt"}
    assert (folder / "checks.py").read_text() == CHECKS
    assert (folder / "data" / "numbers.txt").read_text() == NUMBERS


def test_the_solution_notebook_is_executed(tiny_course: Course) -> None:
    notebook = load_notebook(solution(tiny_course))
    shown = {cell.id: cell.outputs for cell in notebook.cells if cell.cell_type == "code"}
    assert shown["check-double"][0].data["text/plain"] == "2"
    assert shown["check-mean"][0].data["text/plain"] == "3"
    assert "2.5" in shown["cell-008"][0].data["text/plain"]
    assert shown["test-triple"] == []


def test_the_student_notebook_has_stubs_and_no_outputs(tiny_course: Course) -> None:
    notebook = load_notebook(release(tiny_course))
    nbformat.validate(notebook)
    assert sources(notebook)["double"] == (
        'def double(x):\n    """Return `x` doubled."""\n'
        "    # YOUR CODE HERE\n    raise NotImplementedError()"
    )
    assert sources(notebook)["why"] == "YOUR ANSWER HERE"
    assert sources(notebook)["test-triple"] == "assert triple(1) == 3"
    assert all(not cell.get("outputs") for cell in notebook.cells)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}


def test_test_cells_are_locked_and_answers_cannot_be_deleted(tiny_course: Course) -> None:
    cells = {cell.id: cell.metadata for cell in load_notebook(release(tiny_course)).cells}
    assert cells["check-double"].editable is False
    assert cells["check-double"].deletable is False
    assert cells["double"].deletable is False
    assert "editable" not in cells["double"]


def test_a_second_build_gives_the_same_bytes(tiny_course: Course) -> None:
    before = solution(tiny_course).read_bytes(), release(tiny_course).read_bytes()
    build(tiny_course)
    assert (solution(tiny_course).read_bytes(), release(tiny_course).read_bytes()) == before


def test_the_report_says_what_was_built(tiny_course: Course) -> None:
    (report,) = build(tiny_course, ["tiny"])
    assert report.points == 7
    assert str(report).startswith("tiny: 4 tasks, 7 points, built in ")
    (report,) = build(tiny_course, check=True)
    assert str(report) == "tiny: up to date (4 tasks, 7 points)"


def test_warnings_in_outputs_do_not_hold_process_numbers(tiny_source: Course) -> None:
    edit_master(tiny_source, "mean(numbers)\n", 'import warnings\n\nwarnings.warn("careful")\n')
    build(tiny_source, gradebook=False)
    text = solution(tiny_source).read_text()
    assert "careful" in text
    assert "ipykernel" not in text.replace("(ipykernel)", "")


# What does not build


def failed_build(course: Course) -> str:
    with pytest.raises(BuildError) as error:
        build(course)
    assert not solution(course).exists()
    assert not course.release_dir("tiny").exists()
    return str(error.value)


def test_a_cell_that_never_ends_is_named(tiny_source: Course) -> None:
    course = with_limits(tiny_source, submission_seconds=3)
    edit_master(tiny_source, "mean(numbers)\n", "while True: pass\n")
    told = failed_build(course)
    assert told.endswith("cell 8 took longer than 3 s")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "import numpy as np",
            "import numpi as np",
            "tiny.py, line 7: cell 2 (setup) raised ModuleNotFoundError: No module named 'numpi'",
        ),
        ("mean(numbers)\n", "import os\n\nos._exit(1)\n", "cell 8 ended the kernel"),
        ("x * 2.0", "x * 2.5", "gets 0 of 2 points from the public checks of `double`"),
        # A master sees only what students will have.
        ("mean(numbers)\n", "import helper\n", "No module named 'helper'"),
    ],
)
def test_a_master_that_cannot_be_built_says_why(
    tiny_source: Course, old: str, new: str, told: str
) -> None:
    (tiny_source.solution_dir("tiny") / "helper.py").write_text("secret = 1\n")
    edit_master(tiny_source, old, new)
    assert told in failed_build(tiny_source)


def test_missing_checks_are_named_before_anything_runs(tiny_source: Course) -> None:
    (tiny_source.solution_dir("tiny") / "checks.py").unlink()
    told = failed_build(tiny_source)
    assert (
        told == "solutions/tiny/checks.py is missing, but test cells call check for: double, mean"
    )


def test_a_leak_stops_the_build_before_anything_is_written(tiny_source: Course) -> None:
    edit_master(
        tiny_source,
        "# The mean comes next.",
        "# The mean comes next: `return np.add.reduce(x) / len(x)`.",
    )
    with pytest.raises(LeakError) as error:
        build(tiny_source)
    leak, remedy = str(error.value).splitlines()
    assert leak == (
        "assignments/tiny/tiny.ipynb, cell 5, line 1 holds `return np.add.reduce(x) / len(x)`, "
        "which is secret: it is from solutions/tiny/tiny.py, line 28"
    )
    assert "or end its secret line with `# public`" in remedy
    assert not tiny_source.release_dir("tiny").exists()


def test_an_unknown_assignment_is_refused(tiny_source: Course) -> None:
    with pytest.raises(Exception, match="no assignment 'tinny'"):
        build(tiny_source, ["tinny"])


# --check


def test_check_runs_nothing_and_writes_nothing(tiny_course: Course) -> None:
    before = {path: path.stat().st_mtime_ns for path in tiny_course.root.rglob("*")}
    build(tiny_course, check=True)
    assert {path: path.stat().st_mtime_ns for path in tiny_course.root.rglob("*")} == before


SOURCE = "tiny: the master, checks.py or data/ changed after the last build"
BUILT, RELEASED = "solutions/tiny/tiny.ipynb", "assignments/tiny/tiny.ipynb"


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("solutions/tiny/tiny.py", "x * 2.0", "2.0 * x", SOURCE),
        ("solutions/tiny/tiny.py", "# The mean comes", "# Now the mean comes", SOURCE),
        ("solutions/tiny/checks.py", "6.0, name", "6, name", SOURCE),
        ("solutions/tiny/data/numbers.txt", "2.5", "2.6", SOURCE),
        (BUILT, "return x * 2.0", "return x * 2.00", f"{BUILT} was changed by hand"),
        (RELEASED, "The mean comes next.", "The mean is next.", f"{RELEASED} is out of date"),
    ],
)
def test_check_notices_what_changed_and_where(
    tiny_course: Course, file: str, old: str, new: str, told: str
) -> None:
    edit(tiny_course.root / file, old, new)
    assert told in stale(tiny_course)


def test_check_notices_files_that_are_missing_or_too_many(tiny_course: Course) -> None:
    folder = tiny_course.release_dir("tiny")
    (folder / "checks.py").unlink()
    shutil.copy(tiny_course.solution_dir("tiny") / "hidden_checks.py", folder / "notes.txt")
    told = stale(tiny_course)
    assert "assignments/tiny/checks.py is missing" in told
    assert "assignments/tiny/notes.txt is not released by the build" in told
    assert "assignments/tiny/notes.txt, line 12 holds" in told


def test_check_ignores_the_caches_of_python_and_jupyter(tiny_course: Course) -> None:
    for name in ("__pycache__/checks.pyc", ".ipynb_checkpoints/tiny-checkpoint.ipynb"):
        path = tiny_course.release_dir("tiny") / name
        path.parent.mkdir()
        path.touch()
    build(tiny_course, check=True)


def test_check_names_what_was_never_built(tiny_source: Course) -> None:
    assert "solutions/tiny/tiny.ipynb is missing or broken" in stale(tiny_source)


def test_a_build_removes_what_is_not_released(tiny_course: Course) -> None:
    old = tiny_course.release_dir("tiny") / "old" / "hidden_checks.py"
    old.parent.mkdir()
    old.touch()
    build(tiny_course)
    assert not old.parent.exists()
    build(tiny_course, check=True)


# The gradebook and nbgrader's own commands


def rows(course: Course, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(course.root / "gradebook.db") as database:
        return database.execute(query).fetchall()


def test_the_gradebook_knows_due_date_and_cells(tiny_course: Course) -> None:
    ((name, due, course_id),) = rows(tiny_course, "SELECT name, duedate, course_id FROM assignment")
    assert (name, course_id) == ("tiny", "tiny-course")
    assert str(due).startswith("2027-03-01 22:59:00")
    names = {name for (name,) in rows(tiny_course, "SELECT name FROM source_cell")}
    assert names == {
        "setup", "double", "check-double", "mean", "check-mean", "triple", "test-triple", "why",
    }  # fmt: skip
    ((total,),) = rows(tiny_course, "SELECT SUM(max_score) FROM grade_cells")
    assert total == 7


def test_saving_cells_again_changes_nothing(tiny_course: Course) -> None:
    before = rows(tiny_course, "SELECT id, name, source FROM source_cell")
    save_cells(tiny_course, "tiny")
    assert rows(tiny_course, "SELECT id, name, source FROM source_cell") == before


def test_a_new_due_date_reaches_the_gradebook(tiny_course: Course) -> None:
    edit(tiny_course.root / "course.yml", "2027-03-01T23:59:00+01:00", "2027-04-02T12:00:00Z")
    save_cells(load_course(tiny_course.root), "tiny")
    ((due,),) = rows(tiny_course, "SELECT duedate FROM assignment")
    assert str(due).startswith("2027-04-02 12:00:00")


nbgrader_warns = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")


def hand_in(course: Course) -> None:
    from nbgrader.api import Gradebook

    with Gradebook(course.gradebook_url, course.id) as gradebook:
        gradebook.update_or_create_student("ada")
        gradebook.update_or_create_submission("tiny", "ada")


@nbgrader_warns
def test_changed_answers_are_saved_after_students_handed_in(tiny_course: Course) -> None:
    hand_in(tiny_course)
    edit_master(tiny_course, "triple(-7) == -21", "triple(-5) == -15")
    build(tiny_course)
    found = rows(tiny_course, "SELECT source FROM source_cell WHERE name = 'test-triple'")
    assert "triple(-5)" in str(found)


@nbgrader_warns
def test_cells_cannot_come_or_go_after_students_handed_in(tiny_course: Course) -> None:
    hand_in(tiny_course)
    edit_master(tiny_course, '"setup"', '"start"')
    with pytest.raises(
        BuildError, match=r"students have handed in `tiny`.*new: start; gone: setup"
    ):
        build(tiny_course)
    assert '"setup"' in release(tiny_course).read_text()


def test_a_gradebook_that_cannot_be_written_is_a_clear_error(tiny_course: Course) -> None:
    (tiny_course.root / "gradebook.db").write_bytes(b"this is not a database at all")
    with pytest.raises(BuildError, match=r"the gradebook sqlite:///gradebook\.db cannot be used"):
        save_cells(tiny_course, "tiny")


def test_without_gradebook_none_is_made(tiny_source: Course) -> None:
    build(tiny_source, gradebook=False)
    assert not (tiny_source.root / "gradebook.db").exists()


def generated(course: Course) -> subprocess.CompletedProcess[str]:
    return run(course.root, "nbgrader", "generate_assignment", "tiny", "--force")


def test_nbgrader_generate_assignment_makes_the_same_release(tiny_course: Course) -> None:
    folder = tiny_course.release_dir("tiny")
    ours = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    shutil.rmtree(folder)
    result = generated(tiny_course)
    assert result.returncode == 0, result.stderr
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == ours


def test_nbgrader_cannot_release_a_file_that_is_not_on_the_list(tiny_course: Course) -> None:
    with (tiny_course.root / "nbgrader_config.py").open("a") as config:
        config.write('\nc.CourseDirectory.ignore = ["accept", "mistakes.toml"]\n')
    result = generated(tiny_course)
    assert result.returncode != 0
    assert "not to be released from solutions/tiny: hidden_checks.py, tiny.py" in result.stderr
    assert not tiny_course.release_dir("tiny").exists()


def test_nbgrader_cannot_release_a_leak(tiny_course: Course) -> None:
    edit(solution(tiny_course), '"# Tiny steps', '"return np.add.reduce(x) / len(x)')
    result = generated(tiny_course)
    assert result.returncode != 0
    assert "which is secret" in result.stderr
    assert not tiny_course.release_dir("tiny").exists()


def test_a_master_that_needs_no_checks_file_builds_without_one(tiny_source: Course) -> None:
    folder = tiny_source.solution_dir("tiny")
    plain = MASTER.replace('check("double")', "assert double(1) == 2")
    plain = plain.replace('check("mean")', "assert mean([1, 3]) == 2")
    (folder / "tiny.py").write_text(plain)
    (folder / "checks.py").unlink()
    build(tiny_source, gradebook=False)
    assert not (tiny_source.release_dir("tiny") / "checks.py").exists()
