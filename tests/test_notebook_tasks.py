"""A notebook as tasks."""

from __future__ import annotations

import pytest
from nbformat import NotebookNode

from autograder.errors import CourseError
from autograder.notebook import Task, tasks_of, with_sources

TASKS = (
    Task("double", 2.0, "check-double", ("double",), "checks"),
    Task("mean", 3.0, "check-mean", ("mean",), "checks"),
    Task("test-triple", 1.0, "test-triple", ("triple",), "asserts"),
    Task("why", 1.0, "why", ("why",), "manual"),
)


def test_the_tasks_come_in_the_order_of_the_notebook(tiny_released: NotebookNode) -> None:
    assert tasks_of(tiny_released) == TASKS


def test_solution_and_released_notebook_have_the_same_tasks(tiny_solution: NotebookNode) -> None:
    assert tasks_of(tiny_solution) == TASKS


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("check('double')", "checks"),
        ('# run me\ncheck( "double" );', "checks"),
        ('check("double")  # your marks', "checks"),
        ('assert check("double")', "asserts"),
        ('print("check(1)")', "asserts"),
        ('# check("double")', "asserts"),
    ],
)
def test_a_test_cell_that_only_calls_check_is_a_task_of_checks(
    tiny_released: NotebookNode, source: str, kind: str
) -> None:
    changed = with_sources(tiny_released, {"check-double": source})
    assert tasks_of(changed)[0].kind == kind


def test_with_sources_replaces_cells_in_a_copy(tiny_released: NotebookNode) -> None:
    changed = with_sources(tiny_released, {"double": "double = 2"})
    assert [c.source for c in changed.cells if c.id == "double"] == ["double = 2"]
    assert all(cell.source != "double = 2" for cell in tiny_released.cells)


def test_with_sources_refuses_a_name_that_no_cell_has(tiny_released: NotebookNode) -> None:
    with pytest.raises(CourseError, match=r"'dubble'; did you mean 'double'\? the notebook has:"):
        with_sources(tiny_released, {"dubble": ""})
