"""A master script: short metadata is filled in, and every mistake is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny import MASTER

from autograder.authoring.master import Master, read_master
from autograder.errors import BuildError


def read(folder: Path, text: str) -> Master:
    path = folder / "tiny.py"
    path.write_text(text, encoding="utf-8")
    return read_master(path)


def complaint(folder: Path, text: str) -> str:
    with pytest.raises(BuildError) as error:
        read(folder, text)
    return str(error.value)


def test_short_metadata_is_filled_in(tmp_path: Path) -> None:
    cells = {cell.id: cell for cell in read(tmp_path, MASTER).notebook.cells}
    assert cells["check-double"].metadata.nbgrader == {
        "cell_type": "code",
        "grade": True,
        "grade_id": "check-double",
        "locked": True,
        "points": 2,
        "schema_version": 3,
        "solution": False,
        "task": False,
    }
    assert cells["setup"].metadata.nbgrader.locked
    assert not cells["double"].metadata.nbgrader.locked
    assert not cells["why"].metadata.nbgrader.locked


def test_cell_ids_are_the_names_or_the_numbers(tmp_path: Path) -> None:
    ids = [cell.id for cell in read(tmp_path, MASTER).notebook.cells]
    assert ids[:5] == ["cell-001", "setup", "double", "check-double", "cell-005"]


def test_the_notebook_tells_nothing_about_this_machine(tmp_path: Path) -> None:
    header = "# ---\n# jupyter:\n#   jupytext:\n#     main_language: python\n# ---\n\n"
    notebook = read(tmp_path, header + MASTER).notebook
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert notebook.metadata.language_info == {"name": "python"}


def test_tags_stay_and_titles_go(tmp_path: Path) -> None:
    marked = '# %% A plot tags=["NBVAL_IGNORE_OUTPUT"]\nnumbers ='
    notebook = read(tmp_path, MASTER.replace("# %%\nnumbers =", marked)).notebook
    assert notebook.cells[7].metadata == {"tags": ["NBVAL_IGNORE_OUTPUT"]}


def test_every_source_line_knows_its_line_in_the_script(tmp_path: Path) -> None:
    master = read(tmp_path, MASTER)
    script = MASTER.splitlines()
    for cell, numbers in zip(master.notebook.cells, master.lines, strict=True):
        for line, number in zip(cell.source.split("\n"), numbers, strict=True):
            assert script[number - 1].endswith(line)


DOUBLE = '{"grade_id": "double", "solution": true}'
CHECK = '{"grade_id": "check-double", "grade": true, "points": 2}'


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        (DOUBLE, DOUBLE[:-1], 12, "write JSON, as in nbgrader="),
        (DOUBLE, '{"grade_id": "double" "solution": true}', 12, "is not read"),
        (DOUBLE, '"double"', 12, "nbgrader metadata is a mapping"),
        (f"nbgrader={DOUBLE}", f"nbgrade={DOUBLE}", 12, "did you mean `nbgrader`?"),
        (DOUBLE, '{"grade_id": "double", "solutoin": true}', 12, "did you mean `solution`?"),
        (DOUBLE, '{"grade_id": "double", "solution": 1}', 12, "`solution` is true or false"),
        (DOUBLE, '{"grade_id": "my double", "solution": true}', 12, "letters, digits, - or _"),
        (DOUBLE, '{"solution": true}', 12, "got None"),
        (DOUBLE, '{"grade_id": "double"}', 12, "cell `double` is nothing"),
        (DOUBLE, '{"grade_id": "double", "solution": true, "points": 2}', 12, 'no "grade": true'),
        (CHECK, '{"grade_id": "check-double", "grade": true}', 19, "needs points of 0 or more"),
        ('"points": 2', '"points": -2', 19, "needs points of 0 or more, got -2"),
        ('"points": 2', '"points": "2"', 19, "needs points of 0 or more, got '2'"),
        ('"mean", "sol', '"double", "sol', 25, "the grade_id `double` is taken"),
        ('check("mean")', 'check("double")', 2, "the task `double` has two test cells"),
        ('check("double")', "check(double)", 19, 'in another form than check("<task>")'),
        ("    ### END SOLUTION\n", "", 12, "BEGIN SOLUTION without END SOLUTION"),
        ("    ### BEGIN SOLUTION\n", "", 12, "END SOLUTION without BEGIN SOLUTION"),
        (
            "    ### BEGIN SOLUTION\n    return x * 2.0\n    ### END SOLUTION",
            "    return x * 2.0",
            12,
            "solution cell `double` has no ### BEGIN SOLUTION",
        ),
        ("# The mean comes", "# ### BEGIN SOLUTION\n# a\n# ### END SOLUTION\n# The", 22, "outside"),
        ("### BEGIN HIDDEN", "### END HIDDEN", 46, "END HIDDEN TESTS without BEGIN"),
        (
            "# A common factor",
            "# BEGIN HIDDEN TESTS\n# END HIDDEN TESTS\n# A",
            55,
            "outside a test",
        ),
        ('"why", "grade": true, "sol', '"why", "sol', 55, 'points but no "grade": true'),
        ('"grade": true, "solution": true', '"grade": true', 55, 'needs "solution": true'),
        (
            '# %% nbgrader={"grade_id": "test-triple", "grade": true, "points": 1}\n',
            "# %%\n",
            47,
            "region of hidden tests outside a test cell",
        ),
    ],
)
def test_a_mistake_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, message: str
) -> None:
    assert old in MASTER
    told = complaint(tmp_path, MASTER.replace(old, new, 1))
    assert message in told
    assert f"tiny.py, line {line}:" in told


def test_an_answer_that_nothing_tests_is_a_mistake(tmp_path: Path) -> None:
    text = MASTER[: MASTER.index('# %% nbgrader={"grade_id": "check-mean"')]
    assert "solution cell `mean` is followed by no test cell" in complaint(tmp_path, text)


def test_a_script_without_points_is_a_mistake(tmp_path: Path) -> None:
    assert "no cell has points" in complaint(tmp_path, "# %%\n1 + 1\n")


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = MASTER.replace('"points": 2', '"points": "2"').replace('"points": 3', '"points": "3"')
    assert len(complaint(tmp_path, text).splitlines()) == 2


def test_a_missing_script_is_a_build_error(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="there is no master"):
        read_master(tmp_path / "tiny.py")


def test_a_script_that_is_no_text_is_a_build_error(tmp_path: Path) -> None:
    (tmp_path / "tiny.py").write_bytes(b"\xff\xfe")
    with pytest.raises(BuildError, match="cannot be read as a percent script"):
        read_master(tmp_path / "tiny.py")


def test_a_mark_scheme_may_stand_in_an_answer_that_a_person_marks(tmp_path: Path) -> None:
    scheme = "# ### BEGIN MARK SCHEME\n# One point.\n# ### END MARK SCHEME\n"
    read(tmp_path, MASTER + scheme)
    misplaced = MASTER.replace("# The mean comes next.\n", scheme)
    assert "a mark scheme outside a cell that a person marks" in complaint(tmp_path, misplaced)


def test_a_script_for_another_kernel_is_refused(tmp_path: Path) -> None:
    head = "# ---\n# jupyter:\n#   kernelspec:\n#     display_name: R\n#     language: R\n"
    told = complaint(tmp_path, f"{head}#     name: ir\n# ---\n\n{MASTER}")
    assert "tiny.py is not in Python (kernel ir, language R): only Python" in told
