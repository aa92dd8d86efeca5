from __future__ import annotations

from dataclasses import replace

import bleach

from autograder.checks import CheckResult, number, results_table, score
from autograder.checks.results import clean, describe

PASSED = CheckResult("test_a", "t", "public", 1, "passed", "", None, 0.1, "It works")
FAILED = CheckResult("test_b", "t", "hidden", 3, "failed", "it is off", None, 0.1, "It is exact")


def test_the_table_shows_score_marks_descriptions_and_messages() -> None:
    html = results_table([PASSED, FAILED], 1.25, 5)
    for text in ("1.25 of 5 points", "1 of 2 checks pass", "✓", "✗", "It works", "it is off"):
        assert text in html
    assert "1.25 / 1.25" in html
    assert "0 / 3.75" in html
    assert html.count(">hidden<") == 1


def test_without_points_it_counts_checks() -> None:
    assert "all 1" not in results_table([PASSED])
    assert "the check passes" in results_table([PASSED])
    assert "all 2 checks pass" in results_table([PASSED, PASSED])
    assert " / " not in results_table([PASSED, FAILED])


def test_everything_is_escaped() -> None:
    evil = "<script>alert('1')</script>"
    html = results_table([replace(FAILED, message=f"{evil}!", description=evil)], note=evil)
    assert "<script" not in html
    assert html.count("&lt;script&gt;alert(&#x27;1&#x27;)") == 3


def test_names_between_backticks_are_set_as_code() -> None:
    html = results_table([replace(FAILED, message="`f<b>` is not `g`")])
    assert ">f&lt;b&gt;</code> is not <code" in html


def test_a_caret_stands_below_its_column_and_the_words_above_are_prose() -> None:
    text = "line `dz` cannot be read: write **\n    $a^2\n      ^"
    html = results_table([replace(FAILED, message=text)])
    assert ">dz</code> cannot be read" in html
    assert "white-space:pre-wrap;" in html
    assert ">    $a^2\n      ^</code></div>" in html


def test_a_reason_is_told_once() -> None:
    html = results_table([FAILED, replace(FAILED, id="c"), replace(FAILED, message="it is on")])
    assert html.count("it is off") == 1
    assert html.count("as above") == 1
    assert html.count("It is exact") == 3


def test_only_the_first_failure_stands_out() -> None:
    html = results_table([PASSED, FAILED, replace(FAILED, id="c")])
    assert html.count("background:rgba(229,83,75,.13)") == 1


def test_a_message_that_repeats_the_description_is_not_shown_twice() -> None:
    assert results_table([replace(FAILED, message="It is exact")]).count("It is exact") == 1


def test_the_result_is_the_same_however_long_the_checks_took() -> None:
    assert results_table([PASSED]) == results_table([replace(PASSED, seconds=9.9)])


def test_it_passes_a_sanitiser_of_notebooks_unharmed() -> None:
    html = results_table([PASSED, replace(FAILED, message="a\n  ^\nb")], 1, 4, note="n")
    tags = {"code", "div", "span", "strong", "table", "tbody", "tr", "td"}
    assert "&lt;" not in bleach.clean(html, tags=tags, attributes=["title"])


def test_a_score_is_points_by_weight_and_written_as_people_do() -> None:
    assert score([PASSED, FAILED], 5) == 1.25
    assert score([], 5) == 0
    assert score([PASSED, FAILED], 0.75) == 0.19
    assert score([PASSED] * 2 + [FAILED], 1) == 0.4
    assert [number(value) for value in (3.0, 3.5, 0.0, -0.0, 1 / 3, 100.0)] == [
        "3", "3.5", "0", "0", "0.33", "100",
    ]  # fmt: skip


def test_descriptions_come_from_docstring_or_name() -> None:
    assert describe("test_bias_is_used", None) == "Bias is used"
    assert describe("test_bias_is_used", "  ") == "Bias is used"
    assert describe("test_x", "First. Second.") == "First"
    assert (
        describe("test_x", "Over\n    two lines, e.g. this.\n\nMore") == "Over two lines, e.g. this"
    )
    assert describe("test_line[dw2]", "The line is right.") == "The line is right (dw2)"


def test_untrusted_text_is_made_fit_for_one_line() -> None:
    assert clean("a\n\x1b[31mb\u202e\0c") == "a [31mb c"
    assert clean("x" * 500, 10) == "xxxxxxxxx…"
