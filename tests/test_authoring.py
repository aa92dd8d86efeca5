"""`autograder new`: the example proves itself, and nothing that exists is touched."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from proving import verdicts_on
from tiny import COURSE
from typer.testing import CliRunner

from autograder.authoring import build
from autograder.authoring.scaffold import TEMPLATE, new_assignment, start_course
from autograder.cli import app
from autograder.course import load_course
from autograder.errors import CourseError

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A course.yml with one assignment, whose folder nobody needs."""
    path = tmp_path / "course.yml"
    path.write_text(COURSE, encoding="utf-8")
    return path


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


class TestTheExample:
    @pytest.mark.ci
    def test_builds_and_proves_itself_as_it_is(self, tmp_path: Path) -> None:
        start_course(tmp_path, "norms", "Norms of layers")
        course = load_course(tmp_path)
        (report,) = build(course, ["norms"])
        assert report.points == 3
        verdicts = verdicts_on(course, "norms")
        assert [v for v in verdicts.values() if v.complaints] == []
        assert {"build", "reference", "starter", "only layer-norm", "accept/loops"} <= set(verdicts)
        assert sum(case.startswith("mistake/") for case in verdicts) >= 3

    def test_bears_its_title(self, file: Path) -> None:
        made = new_assignment(file, "norms", "Norms of layers")
        assert "# # Norms of layers\n" in (made.folder / "norms.py").read_text()
        assert not any("TITLE" in path.read_text() for path in made.files)

    def test_hands_the_course_to_nbgrader_as_ours_does(self) -> None:
        name = "nbgrader_config.py"
        assert (TEMPLATE / name).read_text() == (ROOT / name).read_text()

    def test_does_not_bring_caches_along(self, file: Path) -> None:
        made = new_assignment(file, "norms")
        assert {path.suffix for path in made.files} == {".py", ".toml"}


class TestCourseYml:
    def test_gets_the_entry_behind_the_last_one_and_keeps_its_comments(
        self, tmp_path: Path
    ) -> None:
        file = tmp_path / "course.yml"
        before = (ROOT / "course.yml").read_text(encoding="utf-8")
        file.write_text(before, encoding="utf-8")
        names = load_course(file).names
        made = new_assignment(file, "norms", "Norms: a #1 thing")
        assert made.entered
        after = file.read_text(encoding="utf-8")
        assert after.replace(made.lines, "") == before
        assert load_course(file).names == [*names, "norms"]
        assert load_course(file).assignment("norms").title == "Norms: a #1 thing"

    @pytest.mark.parametrize(
        "listed",
        [
            "assignments:\n- name: a\n  title: A\n",
            "assignments:\n    - {name: a, title: A}",
            "assignments:\n  - title: >\n      Two\n      lines\n    name: a\n    # due: soon\n\n"
            "preload: []\n",
            "assignments:\r\n  - name: a\r\n    title: A\r\npreload: []\r\n",
            "assignments:\n  - name: a\n    limits: {cell_seconds: 2,\n      check_seconds: 3}\n"
            "    title: |\n      A\npreload: []\n",
        ],
        ids=["not indented", "in braces", "comment and blank line", "Windows", "several lines"],
    )
    def test_may_be_written_in_many_ways(self, tmp_path: Path, listed: str) -> None:
        file = tmp_path / "course.yml"
        file.write_bytes(b"id: x\ntitle: X # ours\n" + listed.encode())
        assert new_assignment(file, "norms").entered
        text = file.read_bytes().decode()
        assert load_course(file).names == ["a", "norms"]
        assert text.startswith("id: x\ntitle: X # ours\n")
        if "# due" in text:
            assert text.index("# due") < text.index("norms")

    @pytest.mark.parametrize(
        "listed",
        ["assignments: [{name: a, title: A}]\n", "assignments: &all\n  [{name: a, title: A}]\n"],
    )
    def test_is_left_alone_where_it_is_unusual_and_the_lines_are_told(
        self, tmp_path: Path, listed: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = tmp_path / "course.yml"
        file.write_text("id: x\ntitle: X\n" + listed)
        before = file.read_bytes()
        monkeypatch.chdir(tmp_path)
        result = CliRunner().invoke(app, ["new", "norms"])
        assert result.exit_code == 0, result.output
        assert file.read_bytes() == before
        assert "  - name: norms\n    title: Norms\n" in result.output
        assert (tmp_path / "solutions" / "norms" / "norms.py").is_file()

    @pytest.mark.parametrize("name", ["2027", "null", "yes", "2027-03-01"])
    def test_takes_names_that_yaml_would_read_as_something_else(
        self, file: Path, name: str
    ) -> None:
        assert new_assignment(file, name).entered
        assert load_course(file).names[-1] == name
        assert yaml.safe_load(file.read_text())["assignments"][-1]["name"] == name


class TestRefusals:
    @pytest.mark.parametrize(
        "name", ["", "../up", "a/b", ".hidden", "a*", "-x", "x" * 101, "a\n", "it's"]
    )
    def test_of_bad_names(self, file: Path, name: str) -> None:
        before = files_in(file.parent)
        with pytest.raises(CourseError, match="cannot be the name of an assignment"):
            new_assignment(file, name)
        assert files_in(file.parent) == before

    @pytest.mark.parametrize("title", ["", "  ", "two\nlines"])
    def test_of_bad_titles(self, file: Path, title: str) -> None:
        with pytest.raises(CourseError, match="cannot be a title"):
            new_assignment(file, "norms", title)
        assert list(files_in(file.parent)) == ["course.yml"]

    @pytest.mark.parametrize("place", ["solutions", "assignments"])
    def test_of_folders_that_exist(self, file: Path, place: str) -> None:
        folder = file.parent / place / "norms"
        folder.mkdir(parents=True)
        (folder / "notes.txt").write_text("mine")
        before = files_in(file.parent)
        with pytest.raises(CourseError, match=r"norms exists: nothing was changed"):
            new_assignment(file, "norms")
        assert files_in(file.parent) == before

    @pytest.mark.parametrize("name", ["tiny", "Tiny"])
    def test_of_names_that_are_in_use(self, file: Path, name: str) -> None:
        with pytest.raises(CourseError, match="has an assignment 'tiny' already"):
            new_assignment(file, name)

    def test_of_a_second_course_in_the_folder(
        self, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(file.parent)
        result = CliRunner().invoke(app, ["new", "norms", "--course"])
        assert result.exit_code == 2
        assert "leave out --course" in result.output
        assert list(files_in(file.parent)) == ["course.yml"]
