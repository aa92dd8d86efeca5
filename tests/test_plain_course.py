"""A plain nbgrader course in small: building, notebooks, files, points and names."""

from __future__ import annotations

import json
import os
import shutil
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
import pytest
import yaml
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.api import Gradebook
from plain.twice import run_nbgrader, scores_in
from tiny import REPOSITORY

from autograder import grade
from autograder.authoring import build
from autograder.course import Course, load_course
from autograder.errors import BuildError, CourseError
from autograder.grading.cache import Cache
from autograder.grading.classroom import GradedSubmission, find_submissions, grade_class
from autograder.grading.handed_in import MAX_FILES, beside
from autograder.grading.pool import Job
from autograder.grading.report import Report
from autograder.notebook import load_notebook, nbgrader_of

NAME = "Problem Set_1"


def cell(source: str, grade_id: str, points: float | None = None) -> NotebookNode:
    """An answer, or with points a test."""
    marks = {"grade_id": grade_id, "schema_version": 3, "task": False}
    marks |= {"grade": points is not None, "solution": points is None, "locked": False}
    if points is not None:
        marks["points"] = points
    return new_code_cell(source, metadata={"nbgrader": marks})


def source(*tests: str) -> NotebookNode:
    """An instructor's notebook: one answer, `f`, and a test of a point for each text."""
    answer = cell("### BEGIN SOLUTION\nf = 1\n### END SOLUTION", "f")
    return new_notebook(cells=[answer, *(cell(t, f"t{n}", 1) for n, t in enumerate(tests, 1))])


def course_with(folder: Path, notebooks: dict[str, NotebookNode], **settings: object) -> Course:
    text = {
        "id": "World Music",
        "title": "Plain",
        "folders": {"source": "source", "release": "release"},
        "assignments": [{"name": NAME, "title": "One"}],
        "preload": [],
        **settings,
    }
    (folder / "course.yml").write_text(yaml.safe_dump(text))
    for name, notebook in notebooks.items():
        path = folder / "source" / NAME / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, path)
    return load_course(folder)


def hand_in(course: Course, name: str, *, answer: str = "f = 1", student: str = "ada") -> Path:
    """Hand in a released notebook with this answer, which stands in its first cell."""
    notebook = load_notebook(course.release_dir(NAME) / f"{name}.ipynb")
    notebook.cells[0].source = answer
    path = course.submitted_dir / student / NAME / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    return path


def handed_in(folder: Path, test: str, **settings: object) -> Course:
    """A course of one notebook with one test, built, and handed in by Ada."""
    course = course_with(folder, {"a": source(test)}, **settings)
    build(course, gradebook=False)
    hand_in(course, "a")
    return course


def marked(course: Course, path: Path | None = None) -> Report:
    """Ada's report, or that of a file; nothing is written."""
    return grade(path or course.submitted_dir / "ada" / NAME, NAME, student="ada", course=course)


def mark_class(course: Course) -> dict[str, GradedSubmission]:
    """Mark all that was handed in, with gradebook and marked notebooks."""
    found = grade_class(course, find_submissions(course), processes=1)
    return {outcome.submission.student: outcome for outcome in found}


def kinds(report: Report) -> list[str]:
    return [problem.kind for problem in report.problems]


# Building


def test_nothing_is_run_and_no_checks_are_wanted(tmp_path: Path) -> None:
    course = course_with(tmp_path, {"a": source("1 / 0")})
    (report,) = build(course)
    assert report.files == ("a.ipynb",)
    released = load_notebook(course.release_dir(NAME) / "a.ipynb")
    assert released.cells[0].source == "# YOUR CODE HERE\nraise NotImplementedError()"


def test_check_says_what_is_out_of_date(tmp_path: Path) -> None:
    course = course_with(tmp_path, {"a": source("pass"), "b": source("pass")})
    build(course, gradebook=False)
    build(course, check=True)
    nbformat.write(source("assert f"), course.solution_dir(NAME) / "a.ipynb")
    (course.solution_dir(NAME) / "table.csv").write_text("1\n")
    with pytest.raises(BuildError) as error:
        build(course, check=True)
    assert f"release/{NAME}/a.ipynb is out of date" in str(error.value)
    assert "table.csv is missing" in str(error.value)
    assert "b.ipynb" not in str(error.value)


def test_what_nbgrader_ignores_and_hidden_checks_are_not_released(tmp_path: Path) -> None:
    course = course_with(tmp_path, {"a": source("pass")})
    (tmp_path / "nbgrader_config.py").write_text(
        'c = get_config()\nc.CourseDirectory.ignore = ["*.key"]\n'
    )
    for name in ("table.csv", "exam.key", "hidden_checks.py"):
        (course.solution_dir(NAME) / name).write_text("x\n")
    (report,) = build(course)
    assert set(report.files) == {"a.ipynb", "table.csv"}


def test_old_metadata_is_named_with_the_way_out(tmp_path: Path) -> None:
    old = source("pass")
    old.cells[0].metadata.nbgrader.schema_version = 1
    with pytest.raises(BuildError, match=r"a\.ipynb: nbgrader says: .*Run `nbgrader update`"):
        build(course_with(tmp_path, {"a": old}))


def test_a_config_that_does_not_run_is_named(tmp_path: Path) -> None:
    course = course_with(tmp_path, {"a": source("pass")})
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\nc.Execute.timeout = oops\n")
    with pytest.raises(BuildError, match=r"nbgrader_config\.py does not run: NameError"):
        build(course, gradebook=False)


def test_a_built_notebook_that_lost_its_master_is_not_released(tiny_course: Course) -> None:
    (tiny_course.solution_dir("tiny") / "tiny.py").unlink()
    with pytest.raises(BuildError, match=r"built from a master, tiny\.py, which is not there"):
        build(tiny_course)
    assert not (tiny_course.release_dir("tiny") / "mistakes.toml").exists()


def test_a_notebook_cannot_go_once_somebody_has_handed_in(small_class, tmp_path: Path) -> None:
    shutil.copytree(small_class[0].root, tmp_path, dirs_exist_ok=True)
    course = load_course(tmp_path)
    (course.solution_dir(NAME) / "b.ipynb").unlink()
    with pytest.raises(BuildError, match=r"its notebooks cannot go any more \(gone: b\)"):
        build(course)


def test_a_notebook_with_such_a_name_is_named(tmp_path: Path) -> None:
    course = course_with(tmp_path, {"a<b>": source("pass")})
    with pytest.raises(CourseError, match=r"'a<b>' cannot be the name of a notebook"):
        course.notebooks(NAME)


R = {"name": "ir", "display_name": "R"}
OTHERS = [
    (
        {"kernelspec": {**R, "language": "R"}, "language_info": {"name": "R"}},
        "kernel ir, language R",
    ),
    ({"kernelspec": R, "language_info": {"name": "R"}}, "kernel ir, language R"),
    ({"kernelspec": R}, "kernel ir, language R"),
    ({"language_info": {"name": "julia"}}, "language julia"),
    (
        {"kernelspec": {"name": "julia-1.10", "display_name": "Julia"}},
        "kernel julia-1.10",
    ),
    ({"kernelspec": {"name": "bash", "display_name": "Bash", "language": "bash"}}, "language bash"),
    ({"kernelspec": {"name": "java", "display_name": "Java", "language": "java"}}, "language java"),
    (
        {"kernelspec": {"name": ".net-csharp", "display_name": ".NET (C#)", "language": "C#"}},
        "kernel .net-csharp, language C#",
    ),
    ({"kernelspec": {"name": "xcpp17", "display_name": "C++", "language": "C++17"}}, "C++17"),
]


@pytest.mark.parametrize(("metadata", "told"), OTHERS)
def test_a_notebook_in_another_language_is_refused(
    tmp_path: Path, metadata: dict[str, Any], told: str
) -> None:
    other = source("if (f(2) != 4) stop('no')")
    other.metadata.update(metadata)
    course = course_with(tmp_path, {"a": source("pass"), "b": other})
    for notebook in ("a", "b"):
        target = course.submitted_dir / "ada" / NAME / f"{notebook}.ipynb"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(course.solution_dir(NAME) / f"{notebook}.ipynb", target)
    for refused in (build, partial(build, check=True), mark_class):
        with pytest.raises(BuildError) as error:
            refused(course)
        assert "b.ipynb is not in Python (" in str(error.value)
        assert told in str(error.value)
        assert str(error.value).endswith("only Python notebooks are marked")
    assert not course.release_dir(NAME).exists()
    assert not (tmp_path / "gradebook.db").exists()
    assert not course.reports_dir.exists()


@pytest.mark.parametrize(
    "metadata",
    [
        {},
        {"kernelspec": {"name": "python3", "display_name": "Python 3"}},
        {"kernelspec": {"name": "conda-env-dl-py", "display_name": "dl", "language": "python"}},
        {"kernelspec": {"name": "dl", "display_name": "dl"}, "language_info": {"name": "python"}},
        {"kernelspec": {"name": "xpython", "display_name": "x", "language": "python"}},
        {"kernelspec": {"name": "python", "display_name": "Pyodide"}, "colab": {"provenance": []}},
    ],
)
def test_every_name_of_a_python_kernel_will_do(tmp_path: Path, metadata: dict[str, Any]) -> None:
    notebook = source("pass")
    notebook.metadata.update(metadata)
    (report,) = build(course_with(tmp_path, {"a": notebook}), gradebook=False)
    assert report.files == ("a.ipynb",)


# Marking


@pytest.fixture(scope="module")
def small_class(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Course, dict[str, GradedSubmission]]:
    """Two notebooks with the same cell ids, marked with gradebook and all."""
    hidden = "\n### BEGIN HIDDEN TESTS\nassert f != 271828, f\n### END HIDDEN TESTS"
    notebooks = {"a": source("assert f == 1, f"), "b": source("assert f != 2, 'seen'" + hidden)}
    course = course_with(tmp_path_factory.mktemp("class"), notebooks)
    build(course)
    hand_in(course, "a", answer="f = 1; import sys; sys.mine = 1")
    hand_in(course, "b", answer="import sys; f = 3 - getattr(sys, 'mine', 0)")
    path = hand_in(course, "a", student="bob")
    path.with_name("mine.ipynb").write_bytes(path.read_bytes())
    hand_in(course, "a", student="eve", answer="f = '<script>steal()</script>'")
    hand_in(course, "b", student="eve", answer="f = 271828")
    return course, mark_class(course)


def report_of(outcome: GradedSubmission) -> Report:
    assert outcome.report is not None, outcome.failure
    return outcome.report


def test_several_notebooks_have_sessions_and_ids_of_their_own(small_class) -> None:
    course, outcomes = small_class
    report = report_of(outcomes["ada"])
    assert [(t.notebook, t.id, t.points) for t in report.tasks] == [("a", "t1", 1), ("b", "t1", 1)]
    assert report.task("t1", "b").notebook == "b"
    autograded = course.autograded_dir / "ada" / NAME
    assert {path.name for path in autograded.iterdir()} == {"a.ipynb", "b.ipynb"}


def test_a_missing_notebook_scores_0_and_another_is_not_marked(small_class) -> None:
    course, outcomes = small_class
    report = report_of(outcomes["bob"])
    assert (report.score, report.max_score) == (1, 2)
    assert kinds(report) == ["extra", "missing"]
    assert report.problems[1].notebook == "b"
    with Gradebook(course.gradebook_url) as gradebook:
        (grade,) = gradebook.find_submission_notebook("b", NAME, "bob").grades
        assert (grade.auto_score, grade.needs_manual_grade) == (0, False)


def test_what_a_hidden_test_said_is_not_repeated(small_class) -> None:
    course, outcomes = small_class
    report = report_of(outcomes["eve"])
    assert report.task("t1", "b").note.endswith("a hidden test did not pass")
    notebook = load_notebook(course.autograded_dir / "eve" / NAME / "b.ipynb")
    shown = [cell for cell in notebook.cells if nbgrader_of(cell).get("grade")]
    assert "271828" not in json.dumps(shown) + report.to_json()


def test_what_a_test_said_cannot_script_the_page(small_class) -> None:
    course, outcomes = small_class
    assert "AssertionError: <script>" in report_of(outcomes["eve"]).task("t1", "a").note
    notebook = load_notebook(course.autograded_dir / "eve" / NAME / "a.ipynb")
    test = next(cell for cell in notebook.cells if nbgrader_of(cell).get("grade"))
    assert "<script" not in json.dumps([o.data for o in test.outputs if "data" in o])


def test_a_loose_file_is_marked_where_there_is_one_notebook(tmp_path: Path) -> None:
    course = course_with(tmp_path, {"a": source("assert f == 1")})
    build(course, gradebook=False)
    path = hand_in(course, "a").rename(tmp_path / "bob.ipynb")
    assert marked(course, path).score == 1


def test_a_loose_file_of_several_notebooks_says_that_a_folder_is_wanted(small_class) -> None:
    course, _ = small_class
    report = marked(course, course.submitted_dir / "ada" / NAME / "a.ipynb")
    assert report.score == 0
    assert "several notebooks, in one folder: a.ipynb, b.ipynb" in report.problems[0].message


def test_a_check_of_the_course_s_own_is_no_check_of_ours(tmp_path: Path) -> None:
    course = handed_in(tmp_path, 'check = print\ncheck("f")\nassert f == 1')
    assert [(task.id, task.points) for task in marked(course).tasks] == [("t1", 1)]


def test_the_release_need_not_be_built(tmp_path: Path) -> None:
    course = handed_in(tmp_path, "assert f == 1")
    for path in course.release_dir(NAME).iterdir():
        path.unlink()
    assert marked(course).score == 1


def test_a_new_hidden_test_marks_again_without_a_build(tmp_path: Path) -> None:
    hidden = "### BEGIN HIDDEN TESTS\nassert f == {}\n### END HIDDEN TESTS"
    course = handed_in(tmp_path, hidden.format(1))
    assert marked(course).score == 1
    nbformat.write(source(hidden.format(2)), course.solution_dir(NAME) / "a.ipynb")
    report = marked(course)
    assert report.score == 0
    assert report.tasks[0].note.endswith("a hidden test did not pass")


@pytest.mark.parametrize("folder", ["accept", "mistakes.toml", "reference"])
def test_a_file_counts_for_the_cache_whatever_its_folder_is_called(
    tmp_path: Path, folder: str
) -> None:
    course = course_with(tmp_path, {"a": source("pass")})
    file = course.solution_dir(NAME) / folder / "table.csv"
    file.parent.mkdir()
    file.write_text("1")
    build(course, gradebook=False)
    job = Job("ada", hand_in(course, "a"))
    before = Cache(course, NAME, "landlock").key(job)
    file.write_text("2")
    assert Cache(course, NAME, "landlock").key(job) != before


# Files


def test_files_are_there_for_every_notebook_and_new_each_time(tmp_path: Path) -> None:
    test = "text = open('table.csv').read()\nopen('table.csv', 'a').write('!')\nassert text == '1'"
    course = course_with(tmp_path, {"a": source(test), "b": source(test)})
    (course.solution_dir(NAME) / "table.csv").write_text("1")
    build(course, gradebook=False)
    hand_in(course, "a")
    hand_in(course, "b")
    assert marked(course).score == 2


def test_a_student_s_module_is_never_imported_outside_the_walls(tmp_path: Path) -> None:
    """Modules that we may load late, in the student's folder: they see only the session."""
    course = handed_in(tmp_path, "import seen\nassert seen.uid == seen.now()")
    folder = course.submitted_dir / "ada" / NAME
    probe = "import os\nuid = os.geteuid()\nnow = os.geteuid\nopen('loaded', 'a').write(__name__)\n"
    (folder / "seen.py").write_text(probe)
    for name in ("ctypes", "pyseccomp", "struct", "worker", "json", "tempfile"):
        (folder / f"{name}.py").write_text(f"raise SystemExit({name!r})\n")
    assert marked(course).score == 1


def test_large_files_are_shown_as_data_and_others_have_to_fit(tmp_path: Path) -> None:
    test = "import os\nassert os.path.getsize('data/big.bin') == 700_000\nassert open('small.txt')"
    course = course_with(tmp_path, {"a": source(test)}, limits={"files_mb": 1})
    (course.solution_dir(NAME) / "data").mkdir()
    (course.solution_dir(NAME) / "data" / "big.bin").write_bytes(bytes(700_000))
    (course.solution_dir(NAME) / "small.txt").write_text("x")
    build(course, gradebook=False)
    hand_in(course, "a")
    assert marked(course).score == 1
    (course.solution_dir(NAME) / "small.txt").write_bytes(bytes(700_000))
    with pytest.raises(CourseError, match="move large ones to data/"):
        marked(course)


def test_a_student_s_files_are_capped_and_said_to_be(tmp_path: Path) -> None:
    course = handed_in(tmp_path, "assert f == 1", limits={"files_mb": 1})
    (course.submitted_dir / "ada" / NAME / "big.bin").write_bytes(bytes(900_000))
    report = marked(course)
    assert (report.score, kinds(report)) == (1, ["files"])


def test_only_ordinary_files_count_and_the_assignment_s_win(tmp_path: Path) -> None:
    # data is a file where the assignment has a folder.
    names = (
        "mine.py",
        "table.csv",
        "data",
        "deep/er/x.txt",
        "__pycache__/y.pyc",
        "a.ipynb",
        "b.ipynb",
    )
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "link").symlink_to("/etc/hostname")
    (tmp_path / "folder-link").symlink_to("/etc")
    os.mkfifo(tmp_path / "pipe")
    found, complete = beside(tmp_path, {"a.ipynb"}, ["table.csv", "data/x.csv"], 1000)
    assert found == {name: name.encode() for name in ("mine.py", "deep/er/x.txt", "a.ipynb")}
    assert complete


def test_more_files_than_anybody_needs_are_left_out(tmp_path: Path) -> None:
    for number in range(MAX_FILES + 1):
        (tmp_path / f"{number}.txt").touch()
    found, complete = beside(tmp_path, (), (), 1000)
    assert (len(found), complete) == (MAX_FILES, False)


# nbgrader's own command, in a course that has our settings


def test_nbgrader_autograde_with_our_settings_gives_the_same(small_class, tmp_path: Path) -> None:
    shutil.copytree(small_class[0].root, tmp_path, dirs_exist_ok=True)
    shutil.copy(REPOSITORY / "nbgrader_config.py", tmp_path)
    shutil.rmtree(tmp_path / "submitted" / "bob")
    before = scores_in(tmp_path)
    done = run_nbgrader(tmp_path, "autograde", NAME, "--force")
    assert done.returncode == 0, done.stderr
    assert scores_in(tmp_path) == before
