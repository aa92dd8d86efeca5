"""`mistakes.toml` is read as edits of the solution's answers, and says where it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbformat import NotebookNode

from autograder.course import Course
from autograder.errors import BuildError
from autograder.notebook import load_notebook
from autograder.notebook.mistakes import Mistake, read_mistakes


@pytest.fixture(scope="module")
def solution(make_tiny_course) -> NotebookNode:
    course: Course = make_tiny_course()
    return load_notebook(course.solution_dir("tiny") / "tiny.ipynb")


def read(folder: Path, solution: NotebookNode, text: str) -> Mistake:
    (folder / "mistakes.toml").write_text(text, encoding="utf-8")
    (mistake,) = read_mistakes(folder, solution)
    return mistake


def test_an_edit_takes_the_place_of_the_old_text_alone(
    tmp_path: Path, solution: NotebookNode
) -> None:
    text = "[double.half]\ntells = '''\nHalf of\nit.'''\nold = \"* 2.0\"\nnew = \"/ 2.0\"\n"
    mistake = read(tmp_path, solution, text)
    assert (mistake.name, mistake.fails) == ("double.half", {"double"})
    assert (mistake.tells, mistake.sure) == ("Half of it.", False)
    source = 'def double(x):\n    """Return `x` doubled."""\n    return x / 2.0'
    assert mistake.cells == {"double": source}


def test_several_edits_and_whole_cells(tmp_path: Path, solution: NotebookNode) -> None:
    text = (
        '[mean.both]\ntells = "nothing"\nsure = true\nfails = ["mean", "double"]\n'
        'edits = [["np.add.reduce(x)", "sum(x)"], ["/ len(x)", "* len(x)"]]\n'
        "cells.double = '''\ndouble = abs\n'''\n"
    )
    mistake = read(tmp_path, solution, text)
    assert mistake.cells["double"] == "double = abs"
    assert mistake.cells["mean"].endswith("return sum(x) * len(x)")
    assert (mistake.fails, mistake.tells) == ({"mean", "double"}, "")


HEAD = '# A comment.\n\n[double.bad]\ntells = "Wrong."\n'
MALFORMED = {
    "is not in the answer to double": HEAD + 'old = "x * 3.0"\nnew = "x"\n',
    "is 3 times in the answer to double": HEAD + 'old = "x"\nnew = "y"\n',
    "nothing is changed": HEAD,
    "`old` and `new` go together": HEAD + 'old = "x * 2.0"\n',
    "the old text of an edit is empty": HEAD + 'old = " "\nnew = "y"\n',
    "an edit is two texts": HEAD + 'edits = [["x * 2.0"]]\n',
    "no answer is in a cell called setup": HEAD + 'cells.setup = "x = 1"\n',
    "`cells.double` must be a text": HEAD + "cells.double = 1\n",
    "means nothing here": HEAD + 'old = "x * 2.0"\nnew = "x"\nfail = ["mean"]\n',
    "`fails` is a list of tasks": HEAD + 'old = "x * 2.0"\nnew = "x"\nfails = ["meen"]\n',
    "say what a student is told": '\n\n[double.bad]\nold = "x * 2.0"\nnew = "x"\n',
    "`tells` must be a text": "\n\n[double.bad]\ntells = 1\n",
    "no task is called dubble": '\n\n[dubble.bad]\ntells = "Wrong."\n',
}


@pytest.mark.parametrize("complaint", MALFORMED)
def test_what_does_not_fit_is_refused_with_file_and_line(
    complaint: str, tmp_path: Path, solution: NotebookNode
) -> None:
    with pytest.raises(BuildError, match=r"mistakes\.toml, line 3 \(") as caught:
        read(tmp_path, solution, MALFORMED[complaint])
    assert complaint in str(caught.value)


@pytest.mark.parametrize("text", ["[double\n", 'tells = "Wrong."\n'], ids=["no TOML", "no task"])
def test_a_file_in_another_form_is_named(text: str, tmp_path: Path, solution: NotebookNode) -> None:
    with pytest.raises(BuildError, match=r"mistakes\.toml.*line 1"):
        read(tmp_path, solution, text)
