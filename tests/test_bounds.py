"""The versions that `make oldest` and `make newest` install."""

from __future__ import annotations

import bounds
import pytest


def test_the_oldest_are_the_lower_bounds_of_the_project() -> None:
    project = bounds.PROJECT.read_text(encoding="utf-8")
    found = bounds.constraints("oldest", [])
    assert [line.split("==")[0] for line in found] == ["numpy", "nbgrader", "torch"]
    assert all(f'"{line.replace("==", ">=")}"' in project for line in found)


@pytest.mark.parametrize(("which", "others"), [("oldest", 2), ("newest", 0)])
def test_pip_finds_the_newest_and_another_torch_can_be_chosen(which: str, others: int) -> None:
    found = bounds.constraints(which, ["torch==2.13.0"])
    assert found[0] == "torch==2.13.0"
    assert [line for line in found[1:] if line.startswith("torch")] == []
    assert len(found[1:]) == others


def test_anything_else_is_refused() -> None:
    with pytest.raises(SystemExit, match="oldest or newest"):
        bounds.constraints("older", [])
