"""The check linter: each rule finds its hole, once and where it is, and is silent elsewhere.

The holes of graders in use are in tests/holes; here are other forms of them. `<rule>/bad.py`
are checks with the hole, in each line that is marked HOLE (or above a line marked HOLE ABOVE),
`<rule>/good.py` checks without any, tricky ones among them, `<rule>/solution.py` right answers.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder.course import Course
from autograder.errors import CourseError
from autograder.proof.lint import RULES, lint, lint_files
from autograder.proof.lint.findings import Finding

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BAD = sorted(HERE.glob("*/bad.py"))
GOOD = sorted(HERE.glob("*/good.py"))


def named(path: Path) -> str:
    return path.parent.name


def found(path: Path) -> list[tuple[str, int]]:
    findings = lint_files(None, path, solution=path.parent / "solution.py")
    # The checks of the other rules are as short as they can be.
    left_out = {"no-battery"} - {path.parent.name}
    return [(finding.rule, finding.line) for finding in findings if finding.rule not in left_out]


def holes(path: Path) -> list[int]:
    """The lines that are marked."""
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    return [n - line.endswith("HOLE ABOVE") for n, line in lines if "HOLE" in line]


@pytest.mark.parametrize("path", BAD, ids=named)
def test_every_hole_is_found_once_and_in_its_line(path: Path) -> None:
    rule = path.parent.name
    assert holes(path)
    assert [line for name, line in found(path) if name == rule] == holes(path)


@pytest.mark.parametrize("path", GOOD, ids=named)
def test_nothing_is_found_where_there_is_no_hole(path: Path) -> None:
    assert found(path) == []


def test_every_rule_has_checks_with_the_hole_and_without() -> None:
    rebuilt = "".join(path.read_text() for path in HERE.parent.glob("holes/*/checks.py"))
    marked = set(re.findall(r"[a-z-]+", " ".join(re.findall("# HOLE (.*)", rebuilt))))
    assert {path.parent.name for path in BAD} | marked == set(RULES)
    assert {path.parent.name for path in GOOD} == set(RULES) - {"in-place-unnoticed"}


def test_the_page_has_a_section_for_every_rule_with_its_remedy() -> None:
    page = (ROOT / "docs" / "lint.md").read_text(encoding="utf-8")
    sections = re.split(r"^## ", page, flags=re.MULTILINE)[1:]
    by_name = {text.split("\n", 1)[0].strip(): " ".join(text.split()) for text in sections}
    assert set(by_name) == set(RULES)
    for name, remedy in RULES.items():
        assert remedy
        assert f"{remedy}." in by_name[name], name


def test_the_tiny_course_has_no_holes(tiny_course: Course) -> None:
    assert lint(tiny_course, "tiny") == []


def test_a_finding_names_file_line_rule_task_and_remedy(tiny_course: Course) -> None:
    path = tiny_course.solution_dir("tiny") / "hidden_checks.py"
    path.write_text(
        path.read_text(encoding="utf-8")
        + '\n\n@task("double")\ndef test_pairs(student):\n'
        + "    for got, want in zip(student.double(np.ones(1)), [2.0]):\n"
        + "        close(got, want)\n",
        encoding="utf-8",
    )
    (finding,) = lint(tiny_course, "tiny")
    assert (finding.rule, finding.path) == ("zip-truncates", path)
    line = path.read_text(encoding="utf-8").splitlines()[finding.line - 1]
    assert "zip(student.double" in line
    assert "'double'" in finding.message
    assert "strict=True" in finding.remedy
    assert str(finding).startswith(f"{path}:{finding.line}: zip-truncates: ")


def linted(
    folder: Path, solution: str, checks: str, hidden: str = "", **how: float
) -> list[Finding]:
    """Return the holes in checks that import what they need."""
    imports = "import numpy as np\nfrom autograder.checks import close, task\n"
    files = [folder / name for name in ("solution.py", "checks.py", "hidden_checks.py")]
    for path, text in zip(files, (solution, imports + checks, imports + hidden), strict=True):
        path.write_text(text)
    found = lint_files(files[1], files[2], solution=files[0], **how)
    return [finding for finding in found if finding.rule != "no-battery"]


def test_a_finding_in_a_check_names_its_task_and_one_outside_does_not(tmp_path: Path) -> None:
    checks = (
        "DATA = np.random.default_rng(0).normal(size=3)\n\n"
        '@task("a")\ndef test_a(student):\n    close(student.f(DATA), DATA, atol=0.5)\n'
        "    close(student.f(-DATA), student.f(DATA) * -1)\n"
    )
    found = linted(tmp_path, "def f(x):\n    return x\n", checks)
    seed, wide = (finding for finding in found if finding.rule != "one-oracle")
    assert (seed.rule, seed.line) == ("one-seed", 3)
    assert not seed.message.startswith("task")
    assert (wide.rule, wide.line) == ("wide-tolerance", 7)
    assert wide.message.startswith("task 'a': ")


def test_hidden_checks_use_the_helpers_of_the_public_ones(tmp_path: Path) -> None:
    public = "def compare(found):\n    for name in found:\n        close(found[name], 1.0)\n"
    hidden = (
        'from checks import compare\n\n@task("a")\ndef test_a(student):\n'
        "    compare(student.f())\n\n"
        '@task("a")\ndef test_b(student, reference):\n'
        "    close(student.f()['x'], reference.f()['x'])\n"
        "    close(student.f()['x'], 1.0)\n"
    )
    (finding,) = linted(tmp_path, "def f():\n    return {'x': 1.0}\n", public, hidden)
    assert (finding.rule, finding.path.name, finding.line) == ("students-own-keys", "checks.py", 4)


def test_checks_and_answers_that_never_end_are_left_alone(tmp_path: Path) -> None:
    solution = "def f():\n    return 2.0\n\ndef g():\n    while True:\n        pass\n"
    checks = (
        '@task("a")\ndef test_a(student):\n    while True:\n        close(student.f(), 2.0)\n\n'
        '@task("b")\ndef test_b(student):\n    close(student.g(), 1.0)\n'
    )
    assert linted(tmp_path, solution, checks, seconds=0.5) == []


def test_a_file_that_is_no_python_is_an_error_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "checks.py"
    path.write_text("x = 1\ndef test(:\n")
    with pytest.raises(CourseError, match=r"checks\.py, line 2"):
        lint_files(path)


def test_files_that_do_not_exist_have_no_holes(tmp_path: Path) -> None:
    assert lint_files(tmp_path / "checks.py", tmp_path / "hidden_checks.py") == []


def test_a_solution_on_which_no_check_passes_is_an_error(tmp_path: Path) -> None:
    checks = '@task("a")\ndef test_a(student):\n    close(student.f(), 2.0)\n'
    with pytest.raises(CourseError, match=r"checks\.py: no check passes on the solution"):
        linted(tmp_path, "def f():\n    return 1.0\n", checks)
