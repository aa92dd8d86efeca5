"""Fixtures: the tiny course of `tiny.py`, as text, as notebooks and built."""

from __future__ import annotations

import copy
import multiprocessing
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tiny import with_limits, write_course

import autograder.notebook  # noqa: F401 - first: it imports nbformat quicker than others do
from autograder.authoring import build
from autograder.authoring.master import read_master
from autograder.course import Course, load_course
from autograder.nbgrader.release import release_notebook

if TYPE_CHECKING:
    from nbformat import NotebookNode

pytest_plugins = ["watchdog"]
# What every grader process, and every process of a reference run, takes seconds to import.
_PRELOADED = ["autograder.grading.pool", "autograder.reference.work", "numpy", "pytest", "torch"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--class-size", default=40, type=int, help="students of tests/test_large_class.py"
    )


@pytest.fixture(scope="session", autouse=True)
def _quick_processes() -> Iterator[None]:
    """Fork what is spawned otherwise, from one process that has no more than the libraries."""
    original, context = multiprocessing.get_context, multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    with pytest.MonkeyPatch.context() as patch:
        quick = {"spawn": context}
        patch.setattr(
            multiprocessing, "get_context", lambda way=None: quick.get(way) or original(way)
        )
        yield


@pytest.fixture
def tiny_source(tmp_path: Path) -> Course:
    """The tiny course before its first build."""
    return write_course(tmp_path / "course")


@pytest.fixture(scope="session")
def make_tiny_course(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Course]:
    """Make copies of the tiny course, built, with its assignment in the gradebook."""
    built = write_course(tmp_path_factory.mktemp("tiny"))
    build(built)

    def make() -> Course:
        folder = tmp_path_factory.mktemp("course")
        shutil.copytree(built.root, folder, dirs_exist_ok=True)
        return load_course(folder)

    return make


@pytest.fixture
def tiny_course(make_tiny_course: Callable[[], Course]) -> Course:
    """The tiny course, built; each test has its own."""
    return make_tiny_course()


@pytest.fixture(scope="session")
def _tiny_notebooks(tmp_path_factory: pytest.TempPathFactory) -> tuple[NotebookNode, NotebookNode]:
    course = write_course(tmp_path_factory.mktemp("tiny"))
    solution = read_master(course.solution_dir("tiny") / "tiny.py").notebook
    return solution, release_notebook(course, "tiny", solution)


@pytest.fixture
def tiny_solution(_tiny_notebooks: tuple[NotebookNode, NotebookNode]) -> NotebookNode:
    """The solution notebook of the tiny course, not executed; a copy."""
    return copy.deepcopy(_tiny_notebooks[0])


@pytest.fixture
def tiny_released(_tiny_notebooks: tuple[NotebookNode, NotebookNode]) -> NotebookNode:
    """The student notebook of the tiny course; a copy."""
    return copy.deepcopy(_tiny_notebooks[1])


@pytest.fixture(scope="module")
def attacked_course(make_tiny_course: Callable[[], Course]) -> Course:
    """A copy of the tiny course whose limits are soon reached."""
    return with_limits(
        make_tiny_course(),
        cell_seconds=3,
        check_seconds=3,
        memory_mb=512,
        processes=32,
    )
