"""What students get of the recorded runs: a page, and curves for their notebook."""

from __future__ import annotations

import json

import pytest
from small_runs import RUN, envelope, is_released, recorded, write

from autograder.course import Course
from autograder.errors import CourseError
from autograder.reference.recorded import read_recorded
from autograder.reference.released import write_released


@pytest.fixture
def fresh(tiny_course: Course) -> Course:
    """The tiny course with a reference run of two parts, one of which has a curve."""
    write(tiny_course, RUN)
    return tiny_course


def test_students_get_the_curves_without_the_training_of_the_checks(fresh: Course) -> None:
    recorded(fresh, seeds=5)
    json_file, page = write_released(fresh, "tiny")
    assert is_released(fresh)
    content = json.loads(json_file.read_text())
    assert list(content["curves"]) == ["gap by n"]
    assert content["curves"]["gap by n"]["runs"] == 5
    text = page.read_text()
    assert "From one number to forty." in text
    assert "twice" not in text
    assert "<script" not in text
    path = envelope(fresh)
    path.write_text(path.read_text().replace('"seeds": [1000', '"seeds": [999'))
    assert not is_released(fresh)


def test_a_curve_along_something_else_says_along_what(fresh: Course) -> None:
    write(fresh, RUN.replace("target=1.5)", 'axis="numbers", at=[2 * n for n in range(1, 41)])'))
    recorded(fresh, parts=["guess"], seeds=5)
    curve = read_recorded(envelope(fresh))["parts"]["guess"]["curves"]["gap by n"]
    assert (curve["axis"], curve["steps"][:2]) == ("numbers", [2, 4])
    assert ">numbers<" in write_released(fresh, "tiny")[1].read_text()


def test_a_file_that_is_gone_or_a_text_that_changed_is_out_of_date(fresh: Course) -> None:
    recorded(fresh, seeds=5)
    json_file, _ = write_released(fresh, "tiny")
    json_file.unlink()
    assert not is_released(fresh)
    write_released(fresh, "tiny")
    assert is_released(fresh)
    write(fresh, RUN.replace("From one", "From number one"))
    assert not is_released(fresh)


def test_what_is_not_to_be_shown_any_more_goes_and_what_is_not_ours_stays(fresh: Course) -> None:
    recorded(fresh, seeds=5)
    json_file, page = write_released(fresh, "tiny")
    write(fresh, RUN.replace('"guess": guess, ', "").replace('"guess": ["mean.sum"]', ""))
    assert write_released(fresh, "tiny") == []
    assert not json_file.exists()
    assert not page.exists()
    assert is_released(fresh)
    page.write_text("<p>The author's own</p>")
    with pytest.raises(CourseError, match=r"curves.html was not written by"):
        write_released(fresh, "tiny")
    assert "own" in page.read_text()
