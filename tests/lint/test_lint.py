"""The check linter: each rule finds its hole, once and where it is, and is silent elsewhere.

`<rule>/bad*.py` are checks with the hole, in the line that is marked HOLE (or above a line
marked HOLE ABOVE); `<rule>/good*.py` are checks without any, tricky ones among them.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder.course import Course, load_course
from autograder.errors import CourseError
from autograder.proof.lint import RULES, lint, lint_files, oracles
from autograder.proof.lint.linter import read

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BAD = sorted(HERE.glob("*/bad*.py"))
GOOD = sorted(HERE.glob("*/good*.py"))


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def found(path: Path) -> list[tuple[str, int]]:
    findings = lint_files(None, path, solution=path.parent / "solution.py")
    return [(finding.rule, finding.line) for finding in findings]


def holes(path: Path) -> list[int]:
    """The lines that are marked."""
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    return [n - line.endswith("HOLE ABOVE") for n, line in lines if "HOLE" in line]


@pytest.mark.parametrize("path", BAD, ids=named)
def test_the_hole_is_found_once_and_in_its_line(path: Path) -> None:
    rule = path.parent.name
    assert len(holes(path)) == 1
    assert [line for name, line in found(path) if name == rule] == holes(path)


@pytest.mark.parametrize("path", GOOD, ids=named)
def test_nothing_is_found_where_there_is_no_hole(path: Path) -> None:
    assert found(path) == []


def test_every_rule_has_checks_with_the_hole_and_without() -> None:
    assert {path.parent.name for path in BAD} == set(RULES)
    assert {path.parent.name for path in GOOD} == set(RULES)


def test_every_rule_says_what_the_hole_is_and_how_to_close_it() -> None:
    for rule in RULES.values():
        assert len(rule.hole.split("\n\n")) >= 2, f"{rule.name}: the hole, and who falls into it"
        assert rule.remedy
        assert not rule.remedy.endswith(".")


def test_the_page_has_a_section_for_every_rule_with_its_remedy() -> None:
    page = (ROOT / "docs" / "lint.md").read_text(encoding="utf-8")
    sections = re.split(r"^## ", page, flags=re.MULTILINE)[1:]
    by_name = {text.split("\n", 1)[0].strip(): text for text in sections}
    assert set(RULES) <= set(by_name)
    for rule in RULES.values():
        section = " ".join(by_name[rule.name].split())
        assert "```python" in by_name[rule.name], f"{rule.name}: an example line is missing"
        assert " ".join(rule.remedy.split()) in section, f"{rule.name}: {rule.remedy}"


@pytest.mark.parametrize("name", load_course(ROOT / "course.yml").names)
def test_the_checks_of_the_course_have_no_holes(name: str) -> None:
    assert [str(finding) for finding in lint(load_course(ROOT / "course.yml"), name)] == []


def test_the_tiny_course_has_no_holes(tiny_source: Course) -> None:
    assert lint(tiny_source, "tiny") == []


def test_a_finding_names_file_line_rule_task_and_remedy(tiny_source: Course) -> None:
    path = tiny_source.solution_dir("tiny") / "hidden_checks.py"
    path.write_text(
        path.read_text(encoding="utf-8")
        + '\n\n@task("double")\ndef test_pairs(student):\n'
        + "    for got, want in zip(student.double([1.0]), [2.0]):\n        close(got, want)\n",
        encoding="utf-8",
    )
    (finding,) = lint(tiny_source, "tiny")
    assert (finding.rule, finding.path) == ("zip-truncates", path)
    line = path.read_text(encoding="utf-8").splitlines()[finding.line - 1]
    assert "zip(student.double" in line
    assert "'double'" in finding.message
    assert "strict=True" in finding.remedy
    assert str(finding).startswith(f"{path}:{finding.line}: zip-truncates: ")


def test_a_finding_in_a_check_names_its_task_and_one_outside_does_not(tmp_path: Path) -> None:
    path = tmp_path / "checks.py"
    path.write_text(
        "import numpy as np\nfrom autograder.checks import close, task\n\n"
        "DATA = np.random.default_rng(0).normal(size=3)\n\n"
        '@task("a")\ndef test_a(student):\n    close(student.f(DATA), 1.0, atol=0.5)\n'
        "    close(student.f(-DATA), -DATA)\n"
    )
    seed, wide = lint_files(path)
    assert (seed.rule, seed.line) == ("one-seed", 4)
    assert not seed.message.startswith("task")
    assert (wide.rule, wide.line) == ("wide-tolerance", 8)
    assert wide.message.startswith("task 'a': ")


def test_a_file_that_is_no_python_is_an_error_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "checks.py"
    path.write_text("x = 1\ndef test(:\n")
    with pytest.raises(CourseError, match=r"checks\.py, line 2"):
        lint_files(path)


def test_files_that_do_not_exist_have_no_holes(tmp_path: Path) -> None:
    assert lint_files(tmp_path / "checks.py", tmp_path / "hidden_checks.py") == []


def test_oracles_are_counted_by_task() -> None:
    folder = ROOT / "solutions" / "backprop"
    counted = oracles(read(folder / "checks.py", folder / "hidden_checks.py"))
    assert {"differences", "torch"} <= counted["two-layer"]
    assert {"differences", "reference", "torch"} <= counted["output-layers"]
    assert all(len(kinds) >= 2 for kinds in counted.values())


def test_hidden_checks_use_the_helpers_of_the_public_ones(tmp_path: Path) -> None:
    public, hidden = tmp_path / "checks.py", tmp_path / "hidden_checks.py"
    public.write_text(
        "from autograder.checks import close, task\n\n"
        "def compare(found):\n    for name in found:\n        close(found[name], 1.0)\n"
    )
    hidden.write_text(
        "from autograder.checks import close, task\nfrom checks import compare\n\n"
        '@task("a")\ndef test_a(student, reference):\n    compare(student.f())\n'
        "    close(student.f()['x'], reference.f()['x'])\n"
    )
    (finding,) = lint_files(public, hidden)
    assert (finding.rule, finding.path, finding.line) == ("students-own-keys", public, 4)


def test_code_that_never_ends_is_followed_to_an_end(tmp_path: Path) -> None:
    path = tmp_path / "checks.py"
    path.write_text(
        "from autograder.checks import close, task\n\n"
        "def deep(n):\n    return deep(n + 1) + deep(n + 2)\n\n"
        "def wide(n):\n"
        "    return [[[[i * j * k * m for i in range(20)] for j in range(20)] for k in range(20)]"
        " for m in range(20)]\n\n"
        '@task("a")\ndef test_a(student):\n    while True:\n        close(student.f(), deep(1))\n'
        "        close(student.f(), wide(3))\n        close(student.f(), 2.0)\n"
    )
    assert [finding.rule for finding in lint_files(path)] == []
