"""What is let through of what students wrote and printed, before any page is made of it."""

from __future__ import annotations

import pytest
from hostile import HTML, LATEX, MARKDOWN, SVG, Payload
from nbconvert.filters import markdown2html_mistune

from autograder.grading.outputs import clean_html, harmless_markdown, markdown_html


@pytest.mark.parametrize("payload", [*HTML, *SVG, *MARKDOWN], ids=lambda payload: payload.name)
def test_a_second_reading_of_markdown_changes_nothing(payload: Payload) -> None:
    once = harmless_markdown(payload.text)
    assert markdown2html_mistune(once).strip() == once.strip()


def test_a_return_does_not_end_a_block_of_html() -> None:
    assert clean_html("a&#13;&#13;b") == "a\r\rb"
    assert "\r" not in harmless_markdown("a&#13;&#13;b")
    assert harmless_markdown("a\r\rb").count("\n") == 0


def test_where_a_link_led_is_said_in_words() -> None:
    assert markdown_html("[a](https://b.org/?c&d)") == "<p>a (https://b.org/?c&amp;d)</p>\n"
    assert markdown_html("<https://b.org>") == "<p>https://b.org</p>\n"
    assert clean_html('<a href="https://b.org" title="c">a</a>') == "a"


@pytest.mark.parametrize("payload", LATEX, ids=lambda payload: payload.name)
def test_no_formula_makes_a_link(payload: Payload) -> None:
    for markup in (clean_html(f"${payload.text}$"), harmless_markdown(f"${payload.text}$")):
        assert "\\href" not in markup
        assert "\\mmlToken" not in markup


@pytest.mark.parametrize("formula", [r"\\\href{a}{b}", r"\h<wbr>ref{a}{b}", r"\h<!-- -->ref{a}{b}"])
def test_a_command_put_together_is_found(formula: str) -> None:
    assert clean_html(f"${formula}$") == "$href{a}{b}$"


def test_other_formulas_stay_as_they_are() -> None:
    formula = r"$$\frac{\partial L}{\partial w} \hrefx \text{a \& b}$$"
    assert markdown_html(formula).count(r"\frac{\partial L}{\partial w} \hrefx") == 1
