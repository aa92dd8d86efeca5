from __future__ import annotations

import pytest

import autograder
from autograder.sandbox.session import installed


def test_while_marking_check_and_plots_do_nothing_and_variant_answers() -> None:
    with installed({"double": {"x": 3}}):
        assert repr(autograder.check("double")) == "not run while marking"
        assert autograder.variant("double") == {"x": 3}
        with pytest.raises(LookupError, match="mlp"):
            autograder.variant("mlp")
        autograder.draw_recorded(object(), "no such curve")


def test_after_marking_they_are_what_they_were() -> None:
    before = autograder.check, autograder.draw_recorded, autograder.variant
    with installed({}):
        assert autograder.check is not before[0]
    assert (autograder.check, autograder.draw_recorded, autograder.variant) == before


def test_numbers_that_a_notebook_changes_stay_as_they_are() -> None:
    with installed({"double": {"x": [3]}}):
        autograder.variant("double")["x"].append(4)
        assert autograder.variant("double") == {"x": [3]}
