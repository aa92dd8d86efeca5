"""`course.yml`: what it may say, where things are, and errors that help."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autograder.course import Course, load_course, schema
from autograder.errors import CourseError
from autograder.nbgrader_plugin import nbgrader_settings

REPOSITORY = Path(__file__).parents[1]

GOOD = """\
id: tiny-course
title: A tiny course
assignments:
  - name: first
    title: First steps
    due: 2027-03-01T23:59:00+01:00
    limits: {cell_seconds: 5}
  - name: second
    title: Second steps
limits:
  memory_mb: 1024
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "course.yml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return load_course(written(tmp_path, GOOD))


def complaint(folder: Path, text: str) -> str:
    with pytest.raises(CourseError) as error:
        load_course(written(folder, text))
    return str(error.value)


def test_a_good_file_becomes_a_course(course: Course) -> None:
    assert course.names == ["first", "second"]
    due = course.assignment("first").due
    assert due is not None
    assert due.astimezone(UTC) == datetime(2027, 3, 1, 22, 59, tzinfo=UTC)
    assert course.assignment("second").due is None


def test_an_assignment_changes_only_the_limits_it_names(course: Course) -> None:
    assert course.limits_for("first").cell_seconds == 5
    assert course.limits_for("first").memory_mb == 1024
    assert course.limits_for("second").cell_seconds == 30


def test_folders_and_gradebook_start_where_the_file_is(course: Course, tmp_path: Path) -> None:
    root = tmp_path.resolve()
    assert course.root == root
    assert course.solution_dir("first") == root / "solutions" / "first"
    assert course.release_dir("first") == root / "assignments" / "first"
    assert course.submitted_dir == root / "submitted"
    assert course.gradebook_url == f"sqlite:///{root}/gradebook.db"


@pytest.mark.parametrize(
    "url", ["sqlite:////var/lib/grades.db", "postgresql://teacher@host/grades"]
)
def test_an_absolute_gradebook_stays_as_it_is(tmp_path: Path, url: str) -> None:
    course = load_course(written(tmp_path, GOOD + f"gradebook: {url}\n"))
    assert course.gradebook_url == url


def test_the_file_is_found_from_a_folder_below(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, GOOD)
    below = tmp_path / "solutions" / "first"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert load_course().root == tmp_path.resolve()
    assert load_course(tmp_path).id == "tiny-course"


def test_no_course_file_is_a_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CourseError, match=r"no course\.yml in .* or any folder above"):
        load_course()
    with pytest.raises(CourseError, match="there is no"):
        load_course(tmp_path / "course.yml")


def test_an_unknown_assignment_names_those_that_exist(course: Course) -> None:
    with pytest.raises(CourseError, match=r"did you mean 'first'\? it has: first, second"):
        course.solution_dir("frist")
    with pytest.raises(CourseError):
        course.release_dir("../first")


def test_a_due_date_needs_a_time_and_a_zone(tmp_path: Path) -> None:
    example = "expected a date and time with a time zone such as 2027-03-01T23:59:00+01:00"
    for wrong in ("2027-03-01", "2027-03-01T23:59:00", "2027-02-30T23:59:00+01:00"):
        text = GOOD.replace("2027-03-01T23:59:00+01:00", wrong)
        assert complaint(tmp_path, text) == (
            f"course.yml, line 6: assignments[0].due: {example}, got '{wrong}'"
        )
    assert "got 20270301" in complaint(
        tmp_path, GOOD.replace("2027-03-01T23:59:00+01:00", "20270301")
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "cell_seconds: 5",
            "cell_second: 5",
            "line 7: assignments[0].limits.cell_second: unknown field; "
            "did you mean 'cell_seconds'?",
        ),
        (
            "cell_seconds: 5",
            "cell_seconds: -5",
            "line 7: assignments[0].limits.cell_seconds: expected greater than 0, got -5",
        ),
        (
            "memory_mb: 1024",
            "memory_mb: lots",
            "line 11: limits.memory_mb: expected a valid integer, got 'lots'",
        ),
        (
            "memory_mb: 1024",
            "memory_mb: true",
            "line 11: limits.memory_mb: expected a valid integer, got True",
        ),
        (
            "  memory_mb: 1024",
            "  - 1024",
            "line 10: limits: expected fields such as cell_seconds, check_seconds, "
            "submission_seconds, got [1024]",
        ),
        (
            "    title: Second steps\n",
            "",
            "line 8: assignments[1].title: expected this field, but it is missing",
        ),
        (
            "name: second",
            "name: ../second",
            "line 8: assignments[1].name: expected letters, digits, spaces, dots, dashes or "
            "underscores, such as 'backprop', got '../second'",
        ),
        (
            "name: second",
            "name: first",
            "line 3: assignments: expected every assignment to have its own name, "
            "found twice: first",
        ),
        (
            "title: A tiny course",
            "titel: A tiny course",
            "line 1: title: expected this field, but it is missing\n"
            "course.yml, line 2: titel: unknown field; did you mean 'title'?",
        ),
        (
            "title: A tiny course",
            "title: A tiny course\ntitle: Another",
            "line 3: title: is there twice, first in line 2",
        ),
        (
            "limits:\n",
            "gradebook: gradebook.db\nlimits:\n",
            "line 10: gradebook: expected a database URL such as 'sqlite:///gradebook.db', "
            "got 'gradebook.db'",
        ),
        (
            "limits:\n",
            "preload: [numpy, os; rm]\nlimits:\n",
            "line 10: preload: expected module names such as 'numpy' or 'matplotlib.pyplot', "
            "got ['numpy', 'os; rm']",
        ),
    ],
)
def test_a_mistake_is_told_with_line_field_and_expectation(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert old in GOOD
    assert complaint(tmp_path, GOOD.replace(old, new, 1)) == f"course.yml, {message}"


def test_every_mistake_is_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = GOOD.replace("1024", "none").replace("tiny-course", "tiny/course").replace("+01:00", "")
    lines = complaint(tmp_path, text).splitlines()
    assert [line.split(":")[0] for line in lines] == [
        "course.yml, line 1",
        "course.yml, line 6",
        "course.yml, line 11",
    ]


@pytest.mark.parametrize("text", ["", "# only a comment\n"])
def test_an_empty_file_says_so(tmp_path: Path, text: str) -> None:
    assert "course.yml is empty" in complaint(tmp_path, text)


@pytest.mark.parametrize(
    "text", ["id: [1, 2\n", "a: b: c\n", "id: *nothing\n", "id: !!python/name:os.system\n", "\x00"]
)
def test_what_is_not_yaml_is_a_course_error(tmp_path: Path, text: str) -> None:
    assert "not valid YAML" in complaint(tmp_path, text)


@pytest.mark.parametrize("text", ["just text\n", "- a\n- b\n", "12\n"])
def test_yaml_that_is_no_mapping_says_which_fields_are_expected(tmp_path: Path, text: str) -> None:
    assert "line 1: the file: expected fields such as id, title, assignments" in complaint(
        tmp_path, text
    )


def test_bytes_that_are_no_text_are_a_course_error(tmp_path: Path) -> None:
    (tmp_path / "course.yml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CourseError, match="cannot be read"):
        load_course(tmp_path)


def test_the_committed_schema_is_fresh() -> None:
    committed = json.loads((REPOSITORY / "course.schema.json").read_text(encoding="utf-8"))
    assert committed == schema()


def test_nbgrader_is_told_of_folders_gradebook_and_steps(course: Course) -> None:
    settings = nbgrader_settings(course)
    directory = settings["CourseDirectory"]
    assert directory["course_id"] == "tiny-course"
    assert directory["db_url"] == course.gradebook_url
    assert directory["source_directory"] == "solutions"
    assert directory["release_directory"] == "assignments"
    assert settings["HTMLExporter"]["sanitize_html"] is True


def test_nbgrader_ignores_all_that_is_not_released(course: Course) -> None:
    folder = course.solution_dir("first")
    (folder / "accept").mkdir(parents=True)
    (folder / "data").mkdir()
    for name in ("first.py", "first.ipynb", "checks.py", "hidden_checks.py", "notes [1].md"):
        (folder / name).touch()
    ignored = nbgrader_settings(course)["CourseDirectory"]["ignore"]
    assert {"first.py", "second.py", "hidden_checks.py", "accept", "notes [[]1].md"} <= set(ignored)
    assert not {"checks.py", "data", "first.ipynb"} & set(ignored)


@pytest.mark.parametrize("name", ["ps1", "Problem Set 1", "Übung_2.1", "HW-03"])
def test_names_of_nbgrader_courses_are_taken(tmp_path: Path, name: str) -> None:
    text = GOOD.replace("name: first", f"name: {name}") + "folders: {release: release}\n"
    assert load_course(written(tmp_path, text)).release_dir(name) == tmp_path / "release" / name


@pytest.mark.parametrize(
    "name", ["", ".", "..", "a/b", "-x", " a", "a ", "a\tb", "<b>", "a'b", "a[1]", "a*", "ps+1"]
)
def test_names_that_would_leave_their_place_are_not(tmp_path: Path, name: str) -> None:
    text = GOOD.replace("name: first", f"name: {json.dumps(name)}")
    assert "line 4: assignments[0].name: expected letters, digits" in complaint(tmp_path, text)


def test_folders_have_names_and_no_paths(tmp_path: Path) -> None:
    course = load_course(written(tmp_path, GOOD + "folders: {source: source}\n"))
    assert course.solution_dir("first") == tmp_path / "source" / "first"
    assert nbgrader_settings(course)["CourseDirectory"]["source_directory"] == "source"
    assert "folders.source: expected letters" in complaint(
        tmp_path, GOOD + "folders: {source: ../elsewhere}\n"
    )


def test_what_stderr_costs_is_the_course_s_choice_and_each_assignment_s(tmp_path: Path) -> None:
    assert load_course(written(tmp_path, GOOD)).stderr_for("first") == "ignore"
    text = GOOD.replace("title: First steps", "title: First steps\n    stderr: ignore")
    course = load_course(written(tmp_path, text + "stderr: fails\n"))
    assert (course.stderr_for("first"), course.stderr_for("second")) == ("ignore", "fails")
    assert "stderr: expected 'ignore' or 'fails', got 'no'" in complaint(
        tmp_path, GOOD + "stderr: 'no'\n"
    )


def test_an_assignment_without_a_master_is_plain(course: Course) -> None:
    for name, file in (("first", "first.py"), ("first", "first.ipynb"), ("second", "b.ipynb")):
        course.solution_dir(name).mkdir(parents=True, exist_ok=True)
        (course.solution_dir(name) / file).touch()
    assert (course.is_plain("first"), course.is_plain("second")) == (False, True)
    assert (course.notebooks("first"), course.notebooks("second")) == (("first",), ("b",))
