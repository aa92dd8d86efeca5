"""Outputs of students' cells, made safe to show to other people.

Outputs go into the autograded notebook, which nbgrader's pages show to instructors,
and into feedback pages. Only a short list of formats is let through.
"""

from __future__ import annotations

import base64
import binascii
import re
import struct
from collections.abc import Iterable
from functools import cache
from html import escape
from typing import Any

import mistune
import nh3
from nbformat import NotebookNode

from autograder.notebook import new_output

# No links: one click leads to whatever script the pages around it can be talked into, such as
# a name in an address of the formgrader's, or a file that was handed in.
_TAGS = {
    "b", "br", "caption", "code", "col", "colgroup", "div", "em", "h1", "h2", "h3", "h4",
    "hr", "i", "li", "ol", "p", "pre", "small", "span", "strong", "sub", "sup", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
_ATTRIBUTES = {"*": set(), "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}
_IMAGES = ("image/png", "image/jpeg")
# Tags that never close take a parser the square of their number.
_MAX_HTML = 200_000
_MAX_TAGS = 5_000
# What makes a link of a formula.
_LINKING = re.compile(r"(?<!\\)\\++(?=(?:href|mmlToken)(?![A-Za-z]))")
# A header of a few bytes may ask whoever shows the picture for any number of pixels.
_MAX_PIXELS = 50_000_000
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"\xff\xd8\xff"
_JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def clean_html(html: str) -> str:
    """Return `html` with nothing left that runs, loads, leads away or restyles the page."""
    return without_links_in_formulas(nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES))


def without_links_in_formulas(html: str) -> str:
    r"""Return `html` in which MathJax finds no `\href` for a link; the address stays readable."""
    return _LINKING.sub("", html)


def markdown_html(source: str) -> str:
    """Return a student's Markdown as clean HTML; formulas stay in their dollar signs.

    Where a link led is said in words.
    """
    return clean_html(str(_markdown()(source)))


def harmless_markdown(source: str) -> str:
    """Return Markdown that every renderer shows as `markdown_html` does, whatever it lets through.

    The HTML stands on one line, so that Markdown takes it as a block and looks no further.
    """
    html = f"<div>{markdown_html(source)}</div>"
    return html.replace("\n", "&#10;").replace("\r", "&#13;")


class _Renderer(mistune.HTMLRenderer):
    def link(self, text: str, url: str, title: str | None = None) -> str:
        """Return the text of a link, and in words where it led."""
        address = escape(url)
        return address if text == address else f"{text} ({address})"


@cache
def _markdown() -> mistune.Markdown:
    markdown = mistune.create_markdown(renderer=_Renderer(escape=True), plugins=["math", "table"])
    assert markdown.renderer is not None
    # The plugin's own renderers would let `a<b` through as the beginning of a tag.
    markdown.renderer.register("inline_math", lambda _, text: f"${escape(text)}$")
    markdown.renderer.register("block_math", lambda _, text: f"<p>$${escape(text)}$$</p>")
    return markdown


def clean_outputs(outputs: Iterable[dict[str, Any]]) -> list[NotebookNode]:
    """Return outputs of nbformat with every format that a page could execute left out."""
    cleaned = []
    for output in outputs:
        kind = output.get("output_type")
        if kind == "stream":
            name = "stderr" if output.get("name") == "stderr" else "stdout"
            cleaned.append(new_output("stream", name=name, text=_text(output.get("text"))))
        elif kind == "error":
            trace = [_text(line) for line in output.get("traceback") or ()]
            cleaned.append(
                new_output(
                    "error",
                    ename=_text(output.get("ename")),
                    evalue=_text(output.get("evalue")),
                    traceback=trace,
                )
            )
        elif kind in ("display_data", "execute_result"):
            data = _clean_data(output.get("data") or {})
            if data:
                cleaned.append(new_output(kind, data=data, metadata={}))
    return cleaned


def _clean_data(data: dict[str, Any]) -> dict[str, str]:
    kept = {}
    for mime, content in data.items():
        text = _text(content)
        if mime == "text/plain":
            kept[mime] = text
        elif mime == "text/html":
            if len(text) <= _MAX_HTML and text.count("<") <= _MAX_TAGS:
                kept[mime] = clean_html(text)
        elif mime in _IMAGES and _is_image(text):
            kept[mime] = text
    if not kept and data:
        kept["text/plain"] = f"[an output of type {', '.join(sorted(data))} is not shown here]"
    return kept


def _is_image(text: str) -> bool:
    """Return whether a text is a PNG or JPEG of a size that can be shown."""
    try:
        raw = base64.b64decode("".join(text.split()), validate=True)
        width, height = _size_of_png(raw) if raw.startswith(_PNG) else _size_of_jpeg(raw)
    except (binascii.Error, ValueError, struct.error, IndexError):
        return False
    return 0 < width * height <= _MAX_PIXELS


def _size_of_png(raw: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from(">II", raw, len(_PNG))
    return width, height


def _size_of_jpeg(raw: bytes) -> tuple[int, int]:
    """Return width and height from the first frame's header (ITU T.81, B.2.2)."""
    if not raw.startswith(_JPEG):
        raise ValueError("no picture")
    at = 2
    while raw[at] == 0xFF:
        marker, length = struct.unpack_from(">BH", raw, at + 1)
        if marker in _JPEG_SIZES:
            height, width = struct.unpack_from(">HH", raw, at + 5)
            return width, height
        at += 2 + max(length, 2)
    raise ValueError("no frame")


def _text(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return "".join(map(str, value))
    return "" if value is None else str(value)
