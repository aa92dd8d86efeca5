"""`autograder validate` of graders that are wrong: each promise is broken once, and it says so."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from xml.etree import ElementTree

import nbformat
import pytest
import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from proving import Cases, cases_in, run_validate
from tiny import with_limits

from autograder.authoring import build
from autograder.course import Course, load_course
from autograder.notebook import nbgrader_of
from autograder.proof.promises import points, up_to_date

ACCEPT = """\
\"\"\"Not right at all.\"\"\"

# %% double
def double(x):
    return x**2
"""

MISTAKES = """
[double.right]
tells = "Nothing is wrong with it."
cells.double = "def double(x): return x + x"

[double.both]
tells = "Another task is wrong, too."
cells.double = "def double(x): return x"
cells.mean = "def mean(x): return 0.0"

[double.mute]
says = "made of cheese"
cells.double = "def double(x): return x"

[double.unfit]
tells = "The master has changed."
old = "return x * 3.0"
new = "return x"

[double.misspelt]
tells = "Nowhere."
cells.dubble = "x = 1"

[double.deadly]
tells = "nothing"
cells.double = "def double(x): return 999.0"
"""

MORE_CHECKS = '''

@task("double")
def test_it_is_there(student):
    """It is there."""


@task("dubble")
def test_of_no_task(student):
    """Never run."""
    close(student.double(1.0), 2.0, name="double(1)")
'''

DEADLY = '''

@task("double")
def test_that_dies(student):
    """Nine hundred ninety-nine is not survived."""
    import os

    if student.double(1.0) == 999.0:
        os._exit(3)
'''


def write(course: Course, name: str, text: str, *, more: bool = False) -> None:
    """Write a file of the tiny assignment, or add to it."""
    path = course.solution_dir("tiny") / name
    before = path.read_text(encoding="utf-8") if more else ""
    path.write_text(before + text, encoding="utf-8")


def with_more_assignments(course: Course) -> Course:
    """Add one whose checks do not load, and a plain one that gives points for nothing."""
    for place in (course.solution_dir("tiny"), course.release_dir("tiny")):
        shutil.copytree(place, place.with_name("halt"))
        for path in place.with_name("halt").glob("tiny.*"):
            path.rename(path.with_stem("halt"))
    checks = course.solution_dir("tiny").with_name("halt") / "checks.py"
    checks.write_text("# One line.\ndef oops(:\n")
    plain = course.solution_dir("tiny").with_name("plain")
    plain.mkdir()
    cells = [plain_cell("### BEGIN SOLUTION\nf = 1\n### END SOLUTION", "f")]
    cells += [plain_cell("assert f == 1", "t1", 2), plain_cell("assert True", "t2", 1)]
    nbformat.write(new_notebook(cells=cells), plain / "plain.ipynb")
    path = course.root / "course.yml"
    settings = yaml.safe_load(path.read_text(encoding="utf-8"))
    settings["assignments"] += [{"name": name, "title": name} for name in ("halt", "plain")]
    path.write_text(yaml.safe_dump(settings), encoding="utf-8")
    return load_course(course.root)


def plain_cell(source: str, grade_id: str, points: float | None = None) -> nbformat.NotebookNode:
    marks = {"grade_id": grade_id, "schema_version": 3, "task": False, "locked": False}
    marks |= {"grade": points is not None, "solution": points is None}
    if points is not None:
        marks["points"] = points
    return new_code_cell(source, metadata={"nbgrader": marks})


@pytest.fixture(scope="module")
def bad(make_tiny_course: Callable[[], Course]) -> Cases:
    """The cases, as in the JSON, of a course in which everything is wrong that can be."""
    course = make_tiny_course()
    write(course, "checks.py", MORE_CHECKS, more=True)
    write(course, "hidden_checks.py", DEADLY, more=True)
    master = course.solution_dir("tiny") / "tiny.py"
    random = "# %%\nimport os\n\nos.getpid()\n\n# %% [markdown]\n# The mean comes next.\n"
    text = master.read_text().replace("# %% [markdown]\n# The mean comes next.\n", random)
    assert text != master.read_text()
    master.write_text(text)
    build(course, ["tiny"], gradebook=False)
    master.write_text(text + "\n# Nobody has built this.\n")
    write(course, "accept/squares.py", ACCEPT)
    write(course, "mistakes.toml", MISTAKES, more=True)
    course = with_more_assignments(with_limits(course, marking_cpu_seconds=0.001))
    build(course, ["plain"], gradebook=False)
    result = run_validate(course.root, "--json", "found.json", "--junit", "found.xml")
    assert result.returncode == 1, result.stdout + result.stderr
    assert "Traceback" not in result.stderr, result.stderr
    suites = ElementTree.parse(course.root / "found.xml").getroot().findall("testsuite")
    found = cases_in(course.root / "found.json")
    assert {s.get("name"): s.get("failures") for s in suites} == {
        name: str(sum(not case["ok"] for case in cases.values())) for name, cases in found.items()
    }
    return found


COMPLAINTS = {
    "starter": "double earned 0.5 points for nothing: test_it_is_there passed",
    "accept/squares": "double lost 1 points: test_three_is_doubled",
    "mistake/double.right": "double kept all its marks: no check noticed",
    "mistake/double.both": "mean lost 3 points: test_mean_of_three_numbers",
    "mistake/double.mute": "no check says “made of cheese”",
    "mistake/double.unfit": "line 25 (double.unfit): the old text `return x * 3.0` is not in",
    "mistake/double.misspelt": "line 30 (double.misspelt): no answer is in a cell called dubble",
    "mistake/double.deadly": "the grader failed: the grader process ended with code 3, twice",
    "build": "the master, checks.py or data/ changed after the last build",
    "nbval": "Cell outputs differ: mismatch 'text/plain'",
    "points": "no test cell reads check('dubble'), so that these checks never run",
    "budget": "s of CPU, and `marking_cpu_seconds` is 0.001",
}


@pytest.mark.parametrize("case", COMPLAINTS)
def test_a_broken_promise_is_a_complaint(case: str, bad: Cases) -> None:
    assert COMPLAINTS[case] in "\n".join(bad["tiny"][case]["complaints"])


def test_what_is_not_broken_is_not_complained_of(bad: Cases) -> None:
    fine = {case for case, found in bad["tiny"].items() if found["ok"]}
    assert fine - {"lint"} == {
        *("reference", "only double", "accept/loops"),
        *("mistake/double.square", "mistake/mean.sum"),
    }


def test_checks_that_do_not_load_are_named_and_stop_no_other_assignment(bad: Cases) -> None:
    (said,) = bad["halt"]["marking"]["complaints"]
    assert "checks.py, line 2: " in said
    assert said.endswith("(13 cases were not marked)")
    assert "reference" not in bad["halt"]


def test_a_plain_assignment_is_tried_on_its_solution_and_on_what_students_get(bad: Cases) -> None:
    plain = bad["plain"]
    assert plain.keys() == {"build", "points", "budget", "reference", "starter"}
    assert plain["reference"]["ok"]
    assert plain["reference"]["score"] == 3
    assert plain["starter"]["complaints"] == ["t2 earned 1 points for nothing: its tests passed"]


# What takes no marking


def test_a_leak_and_an_old_release_are_named(tiny_course: Course) -> None:
    path = tiny_course.release_dir("tiny") / "tiny.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(new_markdown_cell("    return np.add.reduce(x) / len(x)"))
    nbformat.write(notebook, path)
    said = up_to_date(tiny_course, "tiny").complaints
    assert any("assignments/tiny/tiny.ipynb is out of date" in what for what in said)
    assert any("which is secret" in what for what in said)


def test_points_that_do_not_add_up_are_named(tiny_course: Course) -> None:
    assert points(tiny_course, "tiny", None).complaints == ()
    path = tiny_course.release_dir("tiny") / "tiny.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if nbgrader_of(cell).get("grade_id") == "check-double":
            cell.metadata.nbgrader.points = 0
    nbformat.write(notebook, path)
    write(tiny_course, "checks.py", '"""None."""\n')
    said = "\n".join(points(tiny_course, "tiny", None).complaints)
    assert "double has 0 points: nobody can earn or lose anything" in said
    assert "double has 0 points as released, in the solution 2" in said
    assert "mean has no public check" in said
