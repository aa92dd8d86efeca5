"""README.md speaks of the course as it is; its commands are run by tests/test_cli.py."""

from __future__ import annotations

import re
from pathlib import Path

from autograder.authoring.master import read_master
from autograder.course import load_course
from autograder.notebook import tasks_of

ROOT = Path(__file__).resolve().parent.parent
COURSE = load_course(ROOT)
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_table_has_every_assignment_with_its_title_tasks_and_points() -> None:
    rows = re.findall(r"^\| `([^`]+)` \| ([^:|]+): [^|]+ \| (\d+) \| (\d+) \|$", TEXT, re.MULTILINE)
    assert [name for name, *_ in rows] == COURSE.names
    for name, title, number, points in rows:
        tasks = tasks_of(read_master(COURSE.solution_dir(name) / f"{name}.py").notebook)
        assert title == COURSE.assignment(name).title
        assert int(number) == sum(task.kind != "manual" for task in tasks)
        assert float(points) == sum(task.points for task in tasks)


def test_an_assignment_says_of_itself_what_the_table_says() -> None:
    """The intro of each master: its title, a row for each task, and the points together."""
    for name in COURSE.names:
        notebook = read_master(COURSE.solution_dir(name) / f"{name}.py").notebook
        intro = notebook.cells[0].source
        tasks = tasks_of(notebook)
        assert intro.startswith(f"# {COURSE.assignment(name).title}\n")
        listed = re.findall(r"^\| \d+ \| `([\w-]+)` .*\| ([\d +]+) \|$", intro, re.MULTILINE)
        assert [task for task, _ in listed] == [t.id for t in tasks if t.kind != "manual"]
        total = sum(int(part) for _, points in listed for part in points.split("+"))
        assert total == sum(task.points for task in tasks)
        assert f"Together {total} points" in " ".join(intro.split())


def test_no_link_leads_nowhere() -> None:
    for link in re.findall(r"\]\(([^)#]+)\)", TEXT):
        assert link.startswith("http") or (ROOT / link).exists(), link
