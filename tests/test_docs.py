"""docs/authoring.md, walked: its commands are run, its files make an assignment that is proven."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer
from commands import run
from proving import verdicts_on

from autograder.authoring import build
from autograder.authoring.scaffold import start_course
from autograder.cli import app
from autograder.course import load_course
from autograder.proof.mutants import mutants
from autograder.proof.mutants.records import equivalents

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
# Each file of the page, and words that are in its block alone.
FILES = {
    "huber.py": '"grade_id": "slope-lines"',
    "checks.py": "SALT =",
    "hidden_checks.py": "What marking checks on top.",
    "mistakes.toml": "[gradient.mean_forgotten]",
    "accept/loops.py": '"""Sample by sample',
    "equivalent.toml": "[[gradient]]",
    "reference_run.py": '"""How runs of the solution end',
}
COMMANDS = [
    line
    for _, code in BLOCKS
    for line in code.splitlines()
    if line.startswith(("autograder ", "nbgrader "))
]


def block(text: str) -> str:
    """The one block of the page that holds `text`."""
    (found,) = [code for _, code in BLOCKS if text in code]
    return found


@pytest.fixture(scope="module")
def course_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with the assignment of the page, as somebody has it who followed it."""
    folder = tmp_path_factory.mktemp("course")
    home = start_course(folder, "huber", "A loss that forgives").folder
    for path in home.glob("accept/*.py"):
        path.unlink()
    for name, text in FILES.items():
        (home / name).write_text(block(text), encoding="utf-8")
    file = folder / "course.yml"
    entry = block("- name: huber")
    begun = file.read_text(encoding="utf-8")
    file.write_text(begun[: begun.index("  - name: huber")] + entry, encoding="utf-8")
    for command in (c for c in COMMANDS if c.startswith("autograder reference")):
        ran(command, folder)
    return folder


@pytest.mark.ci
def test_the_assignment_of_the_page_builds_and_proves_itself(course_folder: Path) -> None:
    course = load_course(course_folder)
    assert course.assignment("huber").due is not None
    (report,) = build(course, ["huber"])
    assert report.points == 8
    released = "".join(
        path.read_text(encoding="utf-8") for path in course.release_dir("huber").iterdir()
    )
    assert "r/q" not in released
    verdicts = verdicts_on(course, "huber")
    assert [v for v in verdicts.values() if v.complaints] == []
    assert {"starter", "only fit", "mistake/gradient.mean_forgotten", "accept/loops"} <= set(
        verdicts
    )
    made = mutants(course, "huber")
    assert len(equivalents(course, "huber", made)) == 3
    # `build --check` and what else the page runs on a course that is built.
    for command in (c for c in COMMANDS if "--check" in c):
        ran(command, course_folder)


def test_new_is_run_as_the_page_runs_it(tmp_path: Path) -> None:
    start_course(tmp_path, "first")
    (command,) = [c for c in COMMANDS if c.startswith("autograder new")]
    ran(command, tmp_path)
    assert load_course(tmp_path).assignment("huber").title == "A loss that forgives"
    assert (tmp_path / "solutions" / "huber" / "huber.py").is_file()


def ran(command: str, folder: Path) -> str:
    """Return what a command of the page printed; it must be content."""
    words = re.findall(r'"[^"]*"|\S+', command)
    result = run(folder, *(word.strip('"') for word in words))
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.mark.parametrize("command", sorted({c for c in COMMANDS if c.startswith("autograder")}))
def test_every_command_and_option_of_the_page_exists(command: str) -> None:
    _, name, *words = command.split()
    click = typer.main.get_command(app).commands[name]  # type: ignore[attr-defined]
    options = {option for parameter in click.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= options


def test_no_link_of_the_page_is_broken() -> None:
    prose = re.sub(r"```.*?```", "", PAGE, flags=re.DOTALL)
    headings = {
        re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", prose, re.MULTILINE)
    }
    for link in re.findall(r"\]\(([^)]+)\)", prose):
        if link.startswith("#"):
            assert link[1:] in headings, link
        elif not link.startswith("http"):
            assert (ROOT / "docs" / link).exists(), link
