"""Every assignment of the course, proven: this is the README's `autograder validate NAME`."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course import load_course
from autograder.proof import Validation

COURSE = load_course(Path(__file__).resolve().parent.parent)
ci = pytest.mark.ci


# The one with least to train stands for all until CI tries them.
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[ci] * (name != "word2vec")) for name in COURSE.names]
)
def test_it_is_marked_as_it_should_be(name: str) -> None:
    # Beside other tests an honest check may run out of time. What was right is known by now.
    assert complaints(name) == {} or complaints(name) == {}


def complaints(name: str) -> dict[str, tuple[str, ...]]:
    """Return what speaks against the cases of an assignment."""
    # `make proofs` tries and names every mistake, and with other inputs as well.
    validation = Validation(COURSE, [name], processes=2, thorough=False)
    verdicts = [verdict for _, verdict in validation.run()]
    assert len(verdicts) == validation.total > 20
    return {verdict.case: verdict.complaints for verdict in verdicts if verdict.complaints}
