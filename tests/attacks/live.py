"""What in a piece of HTML runs, loads, or covers the page around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

_TAGS = {
    "applet", "audio", "base", "button", "embed", "form", "frame", "iframe", "input", "link",
    "math", "meta", "object", "script", "source", "style", "svg", "template", "textarea", "video",
}  # fmt: skip
_ADDRESSES = ("action", "data", "formaction", "href", "ping", "src", "srcset", "xlink:href")
_HARMLESS = re.compile(r"(https?://|#|data:image/(png|jpeg);base64,)")
_STYLE = re.compile(r"position|url\(|expression|@import|z-index", re.IGNORECASE)

_RUN_BY_PAGES = ("application/javascript", "text/javascript", "text/latex", "image/svg+xml")


class _Finder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _TAGS:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            text = re.sub(r"[\x00-\x20]", "", value or "")
            if name.startswith("on") or name == "srcdoc":
                self.found.append(f"<{tag} {name}>")
            elif name in _ADDRESSES and not _HARMLESS.match(text):
                self.found.append(f"<{tag} {name}={text[:30]}>")
            elif name == "style" and _STYLE.search(text):
                self.found.append(f"<{tag} style={text[:30]}>")


def live(html: str) -> list[str]:
    """Return what `html` holds that a page should not get from a stranger."""
    finder = _Finder()
    finder.feed(html)
    finder.close()
    return finder.found


def texts(node: object) -> Iterator[str]:
    """Yield every text in outputs or a notebook; for a type that pages run, a script."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        for item in node:
            yield from texts(item)
    elif isinstance(node, dict):
        for key, item in node.items():
            yield from texts(item)
            yield f"<script type={key}>" if key in _RUN_BY_PAGES or "+json" in key else key
