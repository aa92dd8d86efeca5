"""`draw_recorded` draws right runs behind a student's curve."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pytest

from autograder import draw_recorded
from autograder.errors import CourseError

CURVE: dict[str, Any] = {
    "runs": 7,
    "better": "smaller",
    "floor": 0.25,
    "steps": [10, 20, 30],
    "bands": {"5": [4, 2, 1], "25": [5, 3, 1.5], "50": [6, 4, 2], "75": [7, 5, 3], "95": [8, 6, 4]},
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "checks.py").touch()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "curves.json").write_text(json.dumps({"curves": {"loss": CURVE}}))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_median_the_bands_and_the_floor_are_behind_the_students_curve(folder: Path) -> None:
    figure, axes = plt.subplots()
    axes.plot([0, 30], [9, 1], label="yours")
    draw_recorded(axes, "loss")
    yours, median, floor = axes.get_lines()
    assert list(median.get_xdata()) == [10, 20, 30]
    assert list(median.get_ydata()) == [6, 4, 2]
    assert set(floor.get_ydata()) == {0.25}
    behind = (median, floor, *axes.collections)
    assert max(each.get_zorder() for each in behind) < yours.get_zorder()
    outer, inner = (band.get_paths()[0].get_extents() for band in axes.collections)
    assert (outer.y0, outer.y1, inner.y0, inner.y1) == (1, 8, 1.5, 7)
    labels = [text.get_text() for text in axes.legend().get_texts()]
    assert labels == ["yours", "7 right runs: median, 50 %, 90 %", "floor"]
    plt.close(figure)


def test_a_band_that_was_never_reached_is_left_out(folder: Path) -> None:
    figure, axes = plt.subplots()
    bands = CURVE["bands"] | {"95": [8, None, None]}
    content = {"curves": {"loss": CURVE | {"bands": bands, "floor": None}}}
    (folder / "data" / "curves.json").write_text(json.dumps(content))
    draw_recorded(axes, "loss", "those of last year")
    figure.canvas.draw()
    assert len(axes.get_lines()) == 1
    assert axes.get_lines()[0].get_label() == "those of last year: median, 50 %, 90 %"
    plt.close(figure)


def test_a_curve_that_is_not_there_is_named_with_those_that_are(folder: Path) -> None:
    with pytest.raises(CourseError, match=r"curves.json has no curve 'lose', only 'loss'"):
        draw_recorded(None, "lose")


@pytest.mark.parametrize("text", [None, "{", "[]", "{}"])
def test_a_file_that_cannot_be_read_is_named(folder: Path, text: str | None) -> None:
    file = folder / "data" / "curves.json"
    file.unlink() if text is None else file.write_text(text)
    with pytest.raises(CourseError, match=r"curves.json cannot be read"):
        draw_recorded(None, "loss")
