"""A submission spliced into the released notebook: whose text counts, and what is said."""

from __future__ import annotations

import copy
from dataclasses import dataclass

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.notebook import Spliced, splice, with_sources

DOUBLE = "def double(x):\n    return x + x"
MEAN = "def mean(x):\n    return sum(x) / len(x)"


@dataclass
class HandedIn:
    """A released notebook, and a submission of it that answers all but `triple`."""

    released: NotebookNode
    notebook: NotebookNode

    @property
    def cells(self) -> list[NotebookNode]:
        return self.notebook.cells

    def cell(self, name: str) -> NotebookNode:
        return cell(self.notebook, name)

    def position(self, name: str) -> int:
        return self.cells.index(self.cell(name))

    def spliced(self) -> Spliced:
        return splice(self.released, self.notebook)


def cell(notebook: NotebookNode, name: str) -> NotebookNode:
    return next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == name)


def copied(original: NotebookNode, source: str | None = None) -> NotebookNode:
    twin = copy.deepcopy(original)
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
def handed_in(tiny_released: NotebookNode) -> HandedIn:
    answers = {"double": DOUBLE, "mean": MEAN, "why": "Because."}
    return HandedIn(tiny_released, with_sources(tiny_released, answers))


def test_an_ordinary_submission_comes_through_unchanged(handed_in: HandedIn) -> None:
    spliced = handed_in.spliced()
    assert spliced.recognised
    assert spliced.problems == []
    assert [c.source for c in spliced.cells] == [c.source for c in handed_in.cells]
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


def test_cells_are_labelled_as_the_student_counts_them(handed_in: HandedIn) -> None:
    handed_in.cells.insert(0, new_code_cell("1 + 1"))
    labels = {c.grade_id: c.label for c in handed_in.spliced().cells}
    assert labels["double"] == "cell 4 (double)"
    assert labels[None].startswith("cell ")


def test_a_cell_in_the_marked_notebook_has_the_released_metadata(handed_in: HandedIn) -> None:
    handed_in.cell("double").metadata.nbgrader.points = 1000
    handed_in.cell("double").metadata.tags = ["mine"]
    original = next(c.original for c in handed_in.spliced().cells if c.grade_id == "double")
    assert original.metadata == cell(handed_in.released, "double").metadata
    assert original.source == DOUBLE
    assert original.outputs == []


def test_neither_notebook_is_changed(handed_in: HandedIn) -> None:
    before = copy.deepcopy(handed_in)
    spliced = handed_in.spliced()
    spliced.cells[2].original.source = "changed"
    assert handed_in == before


# Locked and test cells


@pytest.mark.parametrize("source", ["2.0", "", "check('mean')"])
def test_an_edited_test_cell_is_put_back_and_costs_nothing(
    handed_in: HandedIn, source: str
) -> None:
    handed_in.cell("check-double").source = source
    spliced = handed_in.spliced()
    assert source_of(spliced, "check-double") == 'check("double")'
    assert names(spliced) == ORDER
    (problem,) = spliced.problems
    assert problem.kind == "restored"
    assert problem.cell == "cell 4 (check-double)"
    assert problem.message == (
        "the test cell of task `double` was changed; we put the original back. This costs nothing."
    )


def test_white_space_in_a_test_cell_is_not_worth_a_word(handed_in: HandedIn) -> None:
    handed_in.cell("check-double").source = '\n check( "double" ) \n'
    spliced = handed_in.spliced()
    assert spliced.problems == []
    assert source_of(spliced, "check-double") == 'check("double")'


def test_a_deleted_test_cell_is_put_back_in_its_place(handed_in: HandedIn) -> None:
    handed_in.cells.remove(handed_in.cell("check-mean"))
    spliced = handed_in.spliced()
    assert names(spliced) == ORDER
    assert kinds(spliced) == ["restored"]
    assert "task `mean` was deleted" in spliced.problems[0].message
    assert spliced.problems[0].cell == "cell check-mean"


def test_a_changed_locked_cell_is_put_back(handed_in: HandedIn) -> None:
    handed_in.cell("setup").source += "\ncheck = print"
    spliced = handed_in.spliced()
    assert source_of(spliced, "setup") == cell(handed_in.released, "setup").source
    assert "locked cell `setup` was changed" in spliced.problems[0].message


def test_a_test_cell_turned_into_text_is_put_back(handed_in: HandedIn) -> None:
    index = handed_in.position("check-double")
    turned = new_markdown_cell('check("double")', metadata=handed_in.cells[index].metadata)
    handed_in.cells[index] = turned
    spliced = handed_in.spliced()
    assert next(c for c in spliced.cells if c.grade_id == "check-double").cell_type == "code"
    assert kinds(spliced) == ["restored"]


def test_an_intact_test_cell_counts_and_a_changed_copy_stays_as_an_added_cell(
    handed_in: HandedIn,
) -> None:
    handed_in.cells.append(copied(handed_in.cell("check-double"), "double(21)"))
    spliced = handed_in.spliced()
    assert source_of(spliced, "check-double") == 'check("double")'
    assert names(spliced) == [*ORDER, "double(21)"]
    assert kinds(spliced) == ["duplicate"]


# Answers


def test_a_missing_answer_is_the_empty_one_and_names_its_task(handed_in: HandedIn) -> None:
    handed_in.cells.remove(handed_in.cell("mean"))
    spliced = handed_in.spliced()
    assert "NotImplementedError" in source_of(spliced, "mean")
    assert names(spliced) == ORDER
    (problem,) = spliced.problems
    assert problem.kind == "missing"
    assert "answer cell `mean` is not in your notebook" in problem.message


def test_the_last_copy_that_was_worked_on_counts_and_the_others_run_before_it(
    handed_in: HandedIn,
) -> None:
    index = handed_in.position("double")
    handed_in.cells.insert(index + 1, copied(handed_in.cell("double"), "second = 2"))
    handed_in.cells.insert(index + 2, new_code_cell("double(4)"))
    handed_in.cells.append(copied(cell(handed_in.released, "double")))
    spliced = handed_in.spliced()
    assert source_of(spliced, "double") == "second = 2"
    assert names(spliced) == ["setup", "def double(x):", "double", "double(4)", *ORDER[2:]]
    assert kinds(spliced) == ["duplicate"]
    assert "3 times" in spliced.problems[0].message


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_an_answer_turned_into_text_is_turned_back(handed_in: HandedIn, kind: str) -> None:
    turned = handed_in.cell("double")
    turned.cell_type = kind
    spliced = handed_in.spliced()
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


def test_an_emptied_answer_is_not_an_answer(handed_in: HandedIn) -> None:
    emptied = with_sources(handed_in.notebook, {"why": " \n", "mean": ""})
    found = {c.grade_id: c for c in splice(handed_in.released, emptied).cells}
    assert not found["why"].answered
    assert not found["mean"].answered
    assert found["mean"].source == ""


def test_pictures_in_a_written_answer_are_kept(handed_in: HandedIn) -> None:
    picture = {"plot.png": {"image/png": "aGk="}}
    handed_in.cell("why").attachments = picture
    spliced = handed_in.spliced()
    assert next(c.original for c in spliced.cells if c.grade_id == "why").attachments == picture


# What students add, move and delete


def test_added_cells_stay_behind_the_cell_that_they_followed(handed_in: HandedIn) -> None:
    handed_in.cells.insert(handed_in.position("double"), new_code_cell("import math"))
    handed_in.cells.insert(handed_in.position("check-double"), new_code_cell("double(3)"))
    handed_in.cells.insert(0, new_code_cell("first"))
    handed_in.cells.append(new_code_cell("last"))
    spliced = handed_in.spliced()
    expected = ["first", "setup", "import math", "double", "double(3)", *ORDER[2:], "last"]
    assert names(spliced) == expected
    assert spliced.problems == []


def test_an_added_cell_loses_a_foreign_name_and_keeps_its_text(handed_in: HandedIn) -> None:
    stranger = copied(handed_in.cell("double"), "z = 3")
    stranger.metadata.nbgrader.grade_id = "from-elsewhere"
    handed_in.cells.append(stranger)
    added = handed_in.spliced().cells[-1]
    assert (added.role, added.grade_id, added.source) == ("added", None, "z = 3")
    assert "nbgrader" not in added.original.metadata


def test_moved_cells_are_put_back_in_order_and_named(handed_in: HandedIn) -> None:
    moved = handed_in.cell("double")
    handed_in.cells.remove(moved)
    handed_in.cells.append(moved)
    handed_in.cells.append(new_code_cell("double(5)"))
    spliced = handed_in.spliced()
    assert names(spliced) == ["setup", "double", "double(5)", *ORDER[2:]]
    (problem,) = spliced.problems
    assert problem.kind == "order"
    assert "`double`" in problem.message
    assert "mean" not in problem.message


def test_a_changed_free_cell_belongs_to_the_student_and_a_deleted_one_is_gone(
    handed_in: HandedIn,
) -> None:
    free = next(c for c in handed_in.cells if c.source.startswith(FREE))
    free.source = "numbers = [1, 2]"
    handed_in.cells.remove(handed_in.cells[0])
    spliced = handed_in.spliced()
    assert spliced.problems == []
    assert names(spliced) == [*ORDER[:5], "numbers = [1, 2]", *ORDER[6:]]
    assert [c.role for c in spliced.cells if c.source == "numbers = [1, 2]"] == ["added"]
    assert not any(c.source.startswith("# Tiny") for c in spliced.cells)


def test_released_text_is_shown_as_released(handed_in: HandedIn) -> None:
    text = next(c for c in handed_in.cells if c.source == "The mean comes next.")
    text.source = "The mean\n\n    comes  next."
    text.attachments = {"x.png": {"image/png": "iVBORw0KGgo="}}
    spliced = handed_in.spliced()
    shown = next(c for c in spliced.cells if c.source == "The mean comes next.")
    assert shown.role == "provided"
    assert "attachments" not in shown.original


def test_a_free_cell_keeps_its_place_when_the_cell_before_it_is_deleted(
    handed_in: HandedIn,
) -> None:
    for name in ("mean", "check-mean"):
        handed_in.cells.remove(handed_in.cell(name))
    assert names(handed_in.spliced()) == ORDER


def test_the_same_cell_id_twice_does_no_harm(handed_in: HandedIn) -> None:
    handed_in.cells.insert(3, new_code_cell("again", id="double"))
    spliced = handed_in.spliced()
    assert source_of(spliced, "double") == DOUBLE
    assert "again" in names(spliced)
    assert spliced.problems == []


def test_an_answer_that_lost_its_mark_is_known_by_its_cell_id(handed_in: HandedIn) -> None:
    for given in handed_in.cells:
        given.metadata.pop("nbgrader", None)
    spliced = handed_in.spliced()
    assert spliced.recognised
    assert names(spliced) == ORDER
    assert source_of(spliced, "double") == DOUBLE
    assert set(kinds(spliced)) == {"metadata"}


# Another notebook


def test_a_notebook_of_another_assignment_is_not_recognised(handed_in: HandedIn) -> None:
    for number, given in enumerate(handed_in.cells):
        given.id = f"other-{number}"
        if "nbgrader" in given.metadata and given.metadata.nbgrader.grade_id != "setup":
            given.metadata.nbgrader.grade_id = f"adam-{number}"
    handed_in.cells[0].source = "# Optimisers\n\nAdam and friends."
    spliced = handed_in.spliced()
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


def test_a_single_answer_is_enough_to_recognise_a_notebook(handed_in: HandedIn) -> None:
    handed_in.notebook.cells = [handed_in.cell("mean")]
    spliced = handed_in.spliced()
    assert spliced.recognised
    assert names(spliced) == [name for name in ORDER if name != FREE]
    assert source_of(spliced, "mean") == MEAN
