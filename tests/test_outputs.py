"""What is let through of what students wrote and printed, before any page is made of it."""

from __future__ import annotations

import base64
import io
import time

import pytest
from hostile import HTML, LATEX, MARKDOWN, SVG, Payload
from nbconvert.filters import markdown2html_mistune
from PIL import Image

from autograder.grading.outputs import clean_html, clean_outputs, harmless_markdown, markdown_html


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


@pytest.mark.parametrize("text", ["\\", "\\href", "[", "`a``b", "<", "$a $$", "**a", "1. a\n"])
def test_a_megabyte_of_marks_is_cleaned_in_seconds(text: str) -> None:
    start = time.process_time()
    clean_html((text * 1_000_000)[:1_000_000])
    markdown_html((text * 100_000)[:100_000])
    assert time.process_time() - start < 30  # quadratic ones took minutes


def picture(kind: str, size: tuple[int, int] = (30, 20)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size).save(file, kind)
    return file.getvalue()


def shown(raw: bytes, mime: str, behind: str = "") -> bool:
    text = base64.b64encode(raw).decode() + behind
    output = {"output_type": "display_data", "data": {mime: text, "text/plain": "x"}}
    return mime in clean_outputs([{**output, "metadata": {}}])[0].data


@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_a_picture_is_shown_as_long_as_its_size_can_be(kind: str) -> None:
    raw = picture(kind)
    assert shown(raw, f"image/{kind}")
    assert not shown(raw[:12], f"image/{kind}")
    assert not shown(raw, f"image/{kind}", behind='" onerror="steal()')
    huge = {
        "png": raw.replace((30).to_bytes(4, "big"), (1 << 30).to_bytes(4, "big"), 1),
        "jpeg": raw.replace(bytes((0, 20, 0, 30)), b"\xff" * 4, 1),
    }[kind]
    assert huge != raw
    assert not shown(huge, f"image/{kind}")
