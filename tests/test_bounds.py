"""What `make oldest` and `make newest` install."""

from __future__ import annotations

import bounds
import pytest


def test_the_oldest_are_the_lower_bounds_of_the_project() -> None:
    project = bounds.PROJECT.read_text(encoding="utf-8")
    found = bounds.constraints("oldest", [])
    assert [line.split("==")[0] for line in found] == ["numpy", "nbgrader", "torch"]
    assert all(f'"{line.replace("==", ">=")}"' in project for line in found)


def test_the_newest_are_what_pip_finds() -> None:
    assert bounds.constraints("newest", []) == []


@pytest.mark.parametrize("which", ["oldest", "newest"])
def test_another_torch_can_be_chosen(which: str) -> None:
    found = bounds.constraints(which, ["torch==2.13.0"])
    assert [line for line in found if line.startswith("torch")] == ["torch==2.13.0"]


def test_anything_else_is_refused() -> None:
    with pytest.raises(SystemExit, match="oldest or newest"):
        bounds.constraints("older", [])
