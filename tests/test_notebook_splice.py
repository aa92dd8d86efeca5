"""A submission spliced into the released notebook: whose text counts, and what is said."""

from __future__ import annotations

import copy

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.notebook import Spliced, splice, with_sources

DOUBLE = "def double(x):\n    return x + x"
MEAN = "def mean(x):\n    return sum(x) / len(x)"


def cell(notebook: NotebookNode, name: str) -> NotebookNode:
    return next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == name)


def position(notebook: NotebookNode, name: str) -> int:
    return notebook.cells.index(cell(notebook, name))


def copied(notebook: NotebookNode, name: str, source: str | None = None) -> NotebookNode:
    twin = copy.deepcopy(cell(notebook, name))
    twin.id += "-copy"
    if source is not None:
        twin.source = source
    return twin


def kinds(spliced: Spliced) -> list[str]:
    return [problem.kind for problem in spliced.problems]


def names(spliced: Spliced) -> list[str]:
    """The named cells and, for added ones, their first line."""
    return [c.grade_id or c.source.split("\n")[0] for c in spliced.cells if c.cell_type == "code"]


def source_of(spliced: Spliced, name: str) -> str:
    return next(c.source for c in spliced.cells if c.grade_id == name)


FREE = 'numbers = np.loadtxt("data/numbers.txt")'
ORDER = ["setup", "double", "check-double", "mean", "check-mean", FREE, "triple", "test-triple"]


@pytest.fixture
def answered(tiny_released: NotebookNode) -> NotebookNode:
    return with_sources(tiny_released, {"double": DOUBLE, "mean": MEAN, "why": "Because."})


def test_an_ordinary_submission_comes_through_unchanged(
    tiny_released: NotebookNode, answered: NotebookNode
) -> None:
    spliced = splice(tiny_released, answered)
    assert spliced.recognised
    assert spliced.problems == []
    assert [c.source for c in spliced.cells] == [c.source for c in answered.cells]
    assert names(spliced) == ORDER
    assert {c.grade_id: (c.role, c.answered) for c in spliced.cells if c.grade_id} == {
        "setup": ("provided", False),
        "double": ("solution", True),
        "check-double": ("test", False),
        "mean": ("solution", True),
        "check-mean": ("test", False),
        "triple": ("solution", False),
        "test-triple": ("test", False),
        "why": ("manual", True),
    }
    assert [c.role for c in spliced.cells if c.grade_id is None] == ["provided"] * 4


def test_the_starter_itself_has_no_answers_and_no_problems(tiny_released: NotebookNode) -> None:
    spliced = splice(tiny_released, tiny_released)
    assert spliced.problems == []
    assert not any(c.answered for c in spliced.cells)


def test_cells_are_labelled_as_the_student_counts_them(
    tiny_released: NotebookNode, answered: NotebookNode
) -> None:
    answered.cells.insert(0, new_code_cell("1 + 1"))
    labels = {c.grade_id: c.label for c in splice(tiny_released, answered).cells}
    assert labels["double"] == "cell 4 (double)"
    assert labels[None].startswith("cell ")


def test_a_cell_in_the_marked_notebook_has_the_released_metadata(
    tiny_released: NotebookNode, answered: NotebookNode
) -> None:
    cell(answered, "double").metadata.nbgrader.points = 1000
    cell(answered, "double").metadata.tags = ["mine"]
    original = next(
        c.original for c in splice(tiny_released, answered).cells if c.grade_id == "double"
    )
    assert original.metadata == cell(tiny_released, "double").metadata
    assert original.source == DOUBLE
    assert original.outputs == []


def test_neither_notebook_is_changed(tiny_released: NotebookNode, answered: NotebookNode) -> None:
    before = copy.deepcopy((tiny_released, answered))
    spliced = splice(tiny_released, answered)
    spliced.cells[2].original.source = "changed"
    assert (tiny_released, answered) == before


# Locked and test cells


@pytest.mark.parametrize("source", ["2.0", "", "check('mean')"])
def test_an_edited_test_cell_is_put_back_and_costs_nothing(
    tiny_released: NotebookNode, answered: NotebookNode, source: str
) -> None:
    cell(answered, "check-double").source = source
    spliced = splice(tiny_released, answered)
    assert source_of(spliced, "check-double") == 'check("double")'
    assert names(spliced) == ORDER
    (problem,) = spliced.problems
    assert problem.kind == "restored"
    assert problem.cell == "cell 4 (check-double)"
    assert problem.message == (
        "the test cell of task `double` was changed; we put the original back. This costs nothing."
    )


def test_white_space_in_a_test_cell_is_not_worth_a_word(
    tiny_released: NotebookNode, answered: NotebookNode
) -> None:
    cell(answered, "check-double").source = '\n check( "double" ) \n'
    spliced = splice(tiny_released, answered)
    assert spliced.problems == []
    assert source_of(spliced, "check-double") == 'check("double")'


def test_a_deleted_test_cell_is_put_back_in_its_place(
    tiny_released: NotebookNode, answered: NotebookNode
) -> None:
    answered.cells.remove(cell(answered, "check-mean"))
    spliced = splice(tiny_released, answered)
    assert names(spliced) == ORDER
    assert kinds(spliced) == ["restored"]
    assert "task `mean` was deleted" in spliced.problems[0].message
    assert spliced.problems[0].cell == "cell check-mean"


def test_a_changed_locked_cell_is_put_back(
    tiny_released: NotebookNode, answered: NotebookNode
) -> None:
    cell(answered, "setup").source += "\ncheck = print"
    spliced = splice(tiny_released, answered)
    assert source_of(spliced, "setup") == cell(tiny_released, "setup").source
    assert "locked cell `setup` was changed" in spliced.problems[0].message


def test_a_test_cell_turned_into_text_is_put_back(
    tiny_released: NotebookNode, answered: NotebookNode
) -> None:
    index = position(answered, "check-double")
    turned = new_markdown_cell('check("double")', metadata=answered.cells[index].metadata)
    answered.cells[index] = turned
    spliced = splice(tiny_released, answered)
    assert next(c for c in spliced.cells if c.grade_id == "check-double").cell_type == "code"
    assert kinds(spliced) == ["restored"]


def test_an_intact_test_cell_counts_and_a_changed_copy_stays_as_an_added_cell(
    tiny_released: NotebookNode, answered: NotebookNode
) -> None:
    answered.cells.append(copied(answered, "check-double", "double(21)"))
    spliced = splice(tiny_released, answered)
    assert source_of(spliced, "check-double") == 'check("double")'
    assert names(spliced) == [*ORDER, "double(21)"]
    assert kinds(spliced) == ["duplicate"]


# Answers


def test_a_missing_answer_is_the_empty_one_and_names_its_task(
    tiny_released: NotebookNode, answered: NotebookNode
) -> None:
    answered.cells.remove(cell(answered, "mean"))
    spliced = splice(tiny_released, answered)
    assert "NotImplementedError" in source_of(spliced, "mean")
    assert names(spliced) == ORDER
    (problem,) = spliced.problems
    assert problem.kind == "missing"
    assert "answer cell `mean` is not in your notebook" in problem.message


def test_the_last_copy_that_was_worked_on_counts_and_the_others_run_before_it(
    tiny_released: NotebookNode, answered: NotebookNode
) -> None:
    index = position(answered, "double")
    answered.cells.insert(index + 1, copied(answered, "double", "second = 2"))
    answered.cells.insert(index + 2, new_code_cell("double(4)"))
    answered.cells.append(copied(tiny_released, "double"))
    spliced = splice(tiny_released, answered)
    assert source_of(spliced, "double") == "second = 2"
    assert names(spliced)[1:4] == ["def double(x):", "double", "double(4)"]
    assert kinds(spliced) == ["duplicate"]
    assert "3 times" in spliced.problems[0].message


def test_an_untouched_copy_below_does_not_undo_the_answer(
    tiny_released: NotebookNode, answered: NotebookNode
) -> None:
    answered.cells.append(copied(tiny_released, "double"))
    spliced = splice(tiny_released, answered)
    assert source_of(spliced, "double") == DOUBLE
    assert names(spliced) == ORDER


def test_a_split_answer_runs_whole(tiny_released: NotebookNode, answered: NotebookNode) -> None:
    index = position(answered, "mean")
    cell(answered, "mean").source = "def helper(x):\n    return sum(x)"
    second = copied(answered, "mean", "def mean(x):\n    return helper(x) / len(x)")
    answered.cells.insert(index + 1, second)
    spliced = splice(tiny_released, answered)
    assert names(spliced)[3:5] == ["def helper(x):", "mean"]
    assert source_of(spliced, "mean").startswith("def mean")


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_an_answer_turned_into_text_is_turned_back(
    tiny_released: NotebookNode, answered: NotebookNode, kind: str
) -> None:
    turned = cell(answered, "double")
    turned.cell_type = kind
    spliced = splice(tiny_released, answered)
    answer = next(c for c in spliced.cells if c.grade_id == "double")
    assert (answer.cell_type, answer.answered, answer.source) == ("code", True, DOUBLE)
    assert kinds(spliced) == ["cell-type"]
    assert f"from a code cell into a {kind} cell" in spliced.problems[0].message


def test_an_untouched_cell_that_was_turned_into_text_is_still_not_answered(
    tiny_released: NotebookNode,
) -> None:
    handed_in = with_sources(tiny_released, {})
    cell(handed_in, "why").cell_type = "raw"
    spliced = splice(tiny_released, handed_in)
    answer = next(c for c in spliced.cells if c.grade_id == "why")
    assert (answer.cell_type, answer.answered) == ("markdown", False)


def test_an_emptied_answer_is_not_an_answer(
    tiny_released: NotebookNode, answered: NotebookNode
) -> None:
    emptied = with_sources(answered, {"why": " \n", "mean": ""})
    found = {c.grade_id: c for c in splice(tiny_released, emptied).cells}
    assert not found["why"].answered
    assert not found["mean"].answered
    assert found["mean"].source == ""


def test_pictures_in_a_written_answer_are_kept(
    tiny_released: NotebookNode, answered: NotebookNode
) -> None:
    picture = {"plot.png": {"image/png": "aGk="}}
    cell(answered, "why").attachments = picture
    spliced = splice(tiny_released, answered)
    assert next(c.original for c in spliced.cells if c.grade_id == "why").attachments == picture


# What students add, move and delete


def test_added_cells_stay_behind_the_cell_that_they_followed(
    tiny_released: NotebookNode, answered: NotebookNode
) -> None:
    answered.cells.insert(position(answered, "double"), new_code_cell("import math"))
    answered.cells.insert(position(answered, "check-double"), new_code_cell("double(3)"))
    answered.cells.insert(0, new_code_cell("first"))
    answered.cells.append(new_code_cell("last"))
    spliced = splice(tiny_released, answered)
    expected = ["first", "setup", "import math", "double", "double(3)", *ORDER[2:], "last"]
    assert names(spliced) == expected
    assert spliced.problems == []


def test_an_added_cell_loses_a_foreign_name_and_keeps_its_text(
    tiny_released: NotebookNode, answered: NotebookNode
) -> None:
    stranger = copied(answered, "double", "z = 3")
    stranger.metadata.nbgrader.grade_id = "from-elsewhere"
    answered.cells.append(stranger)
    added = splice(tiny_released, answered).cells[-1]
    assert (added.role, added.grade_id, added.source) == ("added", None, "z = 3")
    assert "nbgrader" not in added.original.metadata


def test_moved_cells_are_put_back_in_order_and_named(
    tiny_released: NotebookNode, answered: NotebookNode
) -> None:
    moved = cell(answered, "double")
    answered.cells.remove(moved)
    answered.cells.append(moved)
    answered.cells.append(new_code_cell("double(5)"))
    spliced = splice(tiny_released, answered)
    assert names(spliced) == ["setup", "double", "double(5)", *ORDER[2:]]
    (problem,) = spliced.problems
    assert problem.kind == "order"
    assert "`double`" in problem.message
    assert "mean" not in problem.message


def test_a_changed_free_cell_belongs_to_the_student_and_a_deleted_one_is_gone(
    tiny_released: NotebookNode, answered: NotebookNode
) -> None:
    free = next(c for c in answered.cells if c.source.startswith(FREE))
    free.source = "numbers = [1, 2]"
    answered.cells.remove(answered.cells[0])
    spliced = splice(tiny_released, answered)
    assert spliced.problems == []
    assert names(spliced) == [*ORDER[:5], "numbers = [1, 2]", *ORDER[6:]]
    assert [c.role for c in spliced.cells if c.source == "numbers = [1, 2]"] == ["added"]
    assert not any(c.source.startswith("# Tiny") for c in spliced.cells)


def test_released_text_is_shown_as_released(
    tiny_released: NotebookNode, answered: NotebookNode
) -> None:
    text = next(c for c in answered.cells if c.source == "The mean comes next.")
    text.source = "The mean\n\n    comes  next."
    text.attachments = {"x.png": {"image/png": "iVBORw0KGgo="}}
    spliced = splice(tiny_released, answered)
    shown = next(c for c in spliced.cells if c.source == "The mean comes next.")
    assert shown.role == "provided"
    assert "attachments" not in shown.original


def test_a_free_cell_keeps_its_place_when_the_cell_before_it_is_deleted(
    tiny_released: NotebookNode, answered: NotebookNode
) -> None:
    for name in ("mean", "check-mean"):
        answered.cells.remove(cell(answered, name))
    assert names(splice(tiny_released, answered)) == ORDER


def test_the_same_cell_id_twice_does_no_harm(
    tiny_released: NotebookNode, answered: NotebookNode
) -> None:
    answered.cells.insert(3, new_code_cell("again", id="double"))
    spliced = splice(tiny_released, answered)
    assert source_of(spliced, "double") == DOUBLE
    assert "again" in names(spliced)
    assert spliced.problems == []


def test_an_answer_that_lost_its_mark_is_known_by_its_cell_id(
    tiny_released: NotebookNode, answered: NotebookNode
) -> None:
    for given in answered.cells:
        given.metadata.pop("nbgrader", None)
    spliced = splice(tiny_released, answered)
    assert spliced.recognised
    assert names(spliced) == ORDER
    assert source_of(spliced, "double") == DOUBLE
    assert set(kinds(spliced)) == {"metadata"}


# Another notebook


def test_a_notebook_of_another_assignment_is_not_recognised(
    tiny_released: NotebookNode, answered: NotebookNode
) -> None:
    for number, given in enumerate(answered.cells):
        given.id = f"other-{number}"
        if "nbgrader" in given.metadata and given.metadata.nbgrader.grade_id != "setup":
            given.metadata.nbgrader.grade_id = f"adam-{number}"
    answered.cells[0].source = "# Optimisers\n\nAdam and friends."
    spliced = splice(tiny_released, answered)
    assert not spliced.recognised
    assert names(spliced) == ORDER
    assert not any(c.answered for c in spliced.cells)
    problem = spliced.problems[-1]
    assert problem.kind == "foreign"
    assert "none of the cells `double`, `check-double`" in problem.message
    assert "`adam-2`" in problem.message
    assert "its title is “Optimisers”" in problem.message


def test_an_empty_notebook_is_not_recognised(tiny_released: NotebookNode) -> None:
    spliced = splice(tiny_released, NotebookNode(cells=[], metadata={}))
    assert not spliced.recognised
    assert "None of its cells has a name" in spliced.problems[0].message


def test_a_single_answer_is_enough_to_recognise_a_notebook(
    tiny_released: NotebookNode, answered: NotebookNode
) -> None:
    answered.cells = [cell(answered, "mean")]
    spliced = splice(tiny_released, answered)
    assert spliced.recognised
    assert names(spliced) == [name for name in ORDER if name != FREE]
    assert source_of(spliced, "mean") == MEAN
