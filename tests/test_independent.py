"""Answers of people who had not read our checks are judged rightly: see tests/independent."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from independent.answers import answers, misjudged

from autograder.course import load_course

COURSE = load_course(Path(__file__).resolve().parent.parent)


# CI marks one in so many, always the same ones; `make proofs` marks all.
SHARE = 3


@pytest.mark.ci
@pytest.mark.parametrize("name", COURSE.names)
def test_independent_answers_are_judged_rightly(name: str) -> None:
    found = [each for each in answers(name) if zlib.crc32(each.path.name.encode()) % SHARE == 0]
    assert {answer.is_right for answer in found} == {True, False}
    # Beside other tests an honest check may run out of time: what is misjudged is tried again.
    twice = [answer for answer, _ in misjudged(COURSE, name, found)]
    assert {str(answer): said for answer, said in misjudged(COURSE, name, twice)} == {}
