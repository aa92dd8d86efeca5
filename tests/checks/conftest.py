"""Fixtures: folders to write checks files into."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from folders import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.fixture
def make_folder(tmp_path: Path) -> Callable[[str], Folder]:
    def make(name: str) -> Folder:
        (tmp_path / name).mkdir()
        return Folder(tmp_path / name)

    return make
