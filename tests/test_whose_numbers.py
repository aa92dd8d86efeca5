"""A right answer to somebody else's numbers waits for a person; a wrong one does not."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from textwrap import dedent

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output
from submissions import answered, hand_in, named, released
from tiny import REPOSITORY, write_course

from autograder.authoring import build
from autograder.checks.runner.loading import loaded
from autograder.checks.runner.variants import SHARED, Draws
from autograder.course import Course, load_course
from autograder.grading.classroom import GradedSubmission, find_submissions, grade_class
from autograder.grading.report import Report
from autograder.nbgrader_plugin import ExecuteSealed
from autograder.notebook import names_shown, only_says_a_name, read_notebook
from autograder.notebook.identity import SHOWN

COURSE = load_course(REPOSITORY)
MASTER = """\
# %%
# Write the name under which you hand in.
from autograder import student

student("")

# %% nbgrader={"grade_id": "setup", "locked": true}
from autograder import check, variant

# %% nbgrader={"grade_id": "own-numbers", "locked": true}
numbers = variant("square")

# %% nbgrader={"grade_id": "square", "solution": true}
my_square = {"square": None, "half": None}
### BEGIN SOLUTION
my_square = {"square": numbers["x"] ** 2, "half": numbers["x"] / 2}
### END SOLUTION

# %% nbgrader={"grade_id": "check-square", "grade": true, "points": 4}
check("square")

# %% nbgrader={"grade_id": "sides", "solution": true}
my_sides = None
### BEGIN SOLUTION
my_sides = variant("sides")["sides"]
### END SOLUTION

# %% nbgrader={"grade_id": "check-sides", "grade": true, "points": 1}
check("sides")
"""
CHECKS = '''\
from autograder.checks import close, draw, entry, equal, task

SALT = "whose"


@draw("square")
def numbers(rng):
    return {"x": float(rng.uniform(1, 9))}


@task("square")
def test_positive(student, variant):
    """Half your number is right"""
    close(entry(student.get("my_square"), "half", "my_square"), variant["x"] / 2, rtol=5e-4)


@draw("sides")
def sides(rng):
    return {"sides": int(rng.integers(3, 6))}


@task("sides")
def test_sides(student, variant):
    """The number of sides is yours"""
    equal(student.get("my_sides"), variant["sides"])
'''
HIDDEN_CHECKS = '''\
from autograder.checks import close, entry, task


@task("square", weight=3)
def test_square(student, variant):
    """The square is that of your number"""
    close(entry(student.get("my_square"), "square", "my_square"), variant["x"] ** 2, rtol=5e-4)
'''


COMPUTED = "my_square = {'square': numbers['x'] ** 2, 'half': numbers['x'] / 2}"
SIDES = 'my_sides = variant("sides")["sides"]'


@cache
def drawn(checks: Path, task: str, name: str) -> dict[str, object]:
    with loaded(checks) as module:
        return Draws.of(module).numbers(task, name)


def typed(course: Course, name: str, **changed: float) -> NotebookNode:
    """The notebook with answers to the numbers of `name`, typed in."""
    x = drawn(course.release_dir("tiny") / "checks.py", "square", name)["x"]
    assert isinstance(x, float)
    values = {"square": round(x**2, 5), "half": round(x / 2, 5)} | changed
    return answered(course, square=f"my_square = {values}", sides=SIDES)


def saying(notebook: NotebookNode, name: str) -> NotebookNode:
    """The notebook with a name in the cell that asks for it."""
    (cell,) = (cell for cell in notebook.cells if 'student("")' in cell.source)
    cell.source = cell.source.replace('student("")', f'student("{name}")')
    return notebook


def having_shown(notebook: NotebookNode, name: str) -> NotebookNode:
    """The notebook as it is saved after the numbers of `name` were shown in it."""
    text = f"{SHOWN.format(name)}\nx = 3\n"
    named(notebook, "own-numbers").outputs = [new_output("stream", name="stdout", text=text)]
    return notebook


def wrong_sides(course: Course, student: str) -> int:
    checks = course.release_dir("tiny") / "checks.py"
    return next(n for n in (3, 4) if n != drawn(checks, "sides", student)["sides"])


SUBMISSIONS: dict[str, Callable[[Course], NotebookNode]] = {
    "ada": lambda course: typed(course, "root"),
    "bob": lambda course: answered(course, square=COMPUTED, sides=SIDES),
    "cleo": lambda course: saying(typed(course, "cleo"), "cleo"),
    "dan": lambda course: saying(typed(course, "Dan D."), "Dan D."),
    "eva": lambda course: having_shown(typed(course, "mac"), "mac"),
    "gus": lambda course: typed(course, "gus", square=77.5, half=12.25),
    "hal": lambda course: typed(course, "root", half=99.0),
    "jo": lambda course: saying(released(course), "ada"),
    "kim": lambda course: answered(course, sides=f"my_sides = {wrong_sides(course, 'kim')}"),
}


def mark(course: Course) -> dict[str, GradedSubmission]:
    outcomes = grade_class(course, find_submissions(course), processes=1)
    assert not [outcome.failure for outcome in outcomes if outcome.report is None]
    return {outcome.submission.student: outcome for outcome in outcomes}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course with two tasks that have numbers of one's own, and what was handed in."""
    course = write_course(tmp_path_factory.mktemp("whose"))
    folder = course.solution_dir("tiny")
    for file, text in (("tiny", MASTER), ("checks", CHECKS), ("hidden_checks", HIDDEN_CHECKS)):
        (folder / f"{file}.py").write_text(text)
    (folder / "mistakes.toml").unlink()
    build(course)
    for student, notebook in SUBMISSIONS.items():
        hand_in(course, student, notebook(course))
    work = answered(course, sides=SIDES)
    nbformat.write(work, course.submitted_dir / "jo" / "tiny" / "work.ipynb")
    return course


@pytest.fixture(scope="module")
def reports(course: Course) -> dict[str, Report]:
    outcomes = mark(course)
    return {name: outcome.report for name, outcome in outcomes.items() if outcome.report}


def told(report: Report) -> str:
    return "".join(p.message for p in report.problems if p.kind == "whose-numbers")


@pytest.mark.ci
@pytest.mark.parametrize(
    ("student", "whose"),
    [("ada", "root"), ("dan", "Dan D."), ("eva", "mac"), ("hal", "root")],
)
def test_what_is_right_for_another_name_waits_and_says_which(
    reports: dict[str, Report], student: str, whose: str
) -> None:
    task = reports[student].task("square")
    assert task.points is None
    assert task.note == f"right for the numbers of `{whose}`, not for those of `{student}`"


@pytest.mark.ci
def test_the_student_is_told_why(reports: dict[str, Report]) -> None:
    assert "`root` (a login name that many share), not for those of `ada`" in told(reports["ada"])
    assert "`Dan D.` (that is the name in the notebook)" in told(reports["dan"])


@pytest.mark.ci
def test_what_is_right_or_wrong_for_one_s_own_numbers_waits_for_nobody(
    reports: dict[str, Report],
) -> None:
    found = {name: report.task("square").points for name, report in reports.items()}
    assert (found["bob"], found["cleo"]) == (4.0, 4.0)
    assert (found["gus"], found["kim"]) == (0.0, 0.0)
    assert not any(told(reports[name]) for name in ("bob", "cleo", "gus", "jo", "kim"))


@pytest.mark.ci
def test_what_fits_many_names_by_accident_tells_nothing(
    course: Course, reports: dict[str, Report]
) -> None:
    checks, answer = course.release_dir("tiny") / "checks.py", wrong_sides(course, "kim")
    assert any(drawn(checks, "sides", name)["sides"] == answer for name in SHARED)
    assert reports["kim"].task("sides").points == 0.0


@pytest.mark.ci
def test_a_cell_with_the_name_alone_is_no_work(reports: dict[str, Report]) -> None:
    (problem,) = (p for p in reports["jo"].problems if p.kind == "extra")
    assert "holds no answer, and there is work.ipynb as well" in problem.message


@pytest.mark.ci
def test_nbgrader_s_own_marking_says_so_too(
    course: Course,
    reports: dict[str, Report],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.chdir(course.root)
    folder = course.submitted_dir / "eva" / "tiny"
    notebook = nbformat.read(folder / "tiny.ipynb", as_version=4)
    named(notebook, "own-numbers").outputs = []  # as nbgrader does before
    names = {"assignment": "tiny", "notebook": "tiny", "student": "eva"}
    ExecuteSealed().preprocess(notebook, {"nbgrader": names, "metadata": {"path": str(folder)}})
    assert told(reports["eva"])
    assert told(reports["eva"]) in caplog.text


def test_of_outputs_only_the_lines_that_name_somebody_are_read(tmp_path: Path) -> None:
    printed = [f"secret\n{SHOWN.format('mac')}\n", "secret\n"]
    outputs = [new_output("stream", name="stdout", text=text) for text in printed]
    outputs.append(new_output("display_data", data={"text/plain": SHOWN.format("nobody")}))
    cells = [new_code_cell('student("ada")'), new_code_cell("x = 1", outputs=outputs)]
    nbformat.write(new_notebook(cells=cells), tmp_path / "tiny.ipynb")
    read, _ = read_notebook(tmp_path / "tiny.ipynb")
    assert names_shown(read) == ["ada", "mac"]
    assert "secret" not in nbformat.writes(read)


def test_the_name_that_was_said_last_comes_first() -> None:
    sources = ('student("ada")', "# student('cleo')", dedent("x = 1\nautograder.student( 'bob' )"))
    cells = [new_code_cell(source) for source in sources]
    assert names_shown(new_notebook(cells=cells)) == ["bob", "ada"]


def test_a_cell_that_only_says_a_name_is_told_from_work() -> None:
    assert only_says_a_name('# Who?\nfrom autograder import student\n\nstudent("ada")\n')
    assert not only_says_a_name('student("ada")\nmy_square = 3')
    assert not only_says_a_name("# Who?")


@pytest.mark.parametrize("name", COURSE.names)
def test_every_notebook_with_numbers_of_one_s_own_asks_for_the_name(name: str) -> None:
    cells = [cell for cell in released(COURSE, name).cells if cell.cell_type == "code"]
    (asking,) = (number for number, cell in enumerate(cells) if only_says_a_name(cell.source))
    assert asking < min(number for number, cell in enumerate(cells) if "variant(" in cell.source)
    assert not {"nbgrader", "editable", "deletable"} & set(cells[asking].metadata)
