"""A headless Chromium for tests, and a watch on what the pages in it do."""

from __future__ import annotations

import mimetypes
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
needs_chromium = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]

# Every event that markup can listen to and a reader could cause.
_EVENTS = """
    animationend animationiteration animationstart auxclick beforeinput beforematch
    beforetoggle blur cancel change click close contextmenu copy cut dblclick drag dragenter
    dragstart drop error focus focusin focusout fullscreenchange hashchange input invalid
    keydown keypress keyup load loadstart message mousedown mouseenter mouseleave mousemove
    mouseout mouseover mouseup mousewheel pageshow paste play pointerdown pointerenter
    pointermove pointerover pointerrawupdate popstate reset resize scroll scrollend search
    select selectionchange selectstart submit toggle touchstart transitionend transitionrun
    wheel
"""

# What a student's part of a page must not hold, whether it does anything or not.
_PROVOKE = """([selector, events]) => {
  const found = new Set();
  const typeset = "[class^='MathJax'], [class^='MJX'], [class^='mjx'], script[type^='math/tex']";
  for (const area of document.querySelectorAll(selector)) {
    for (const element of area.querySelectorAll("*")) {
      if (element instanceof HTMLDetailsElement) element.open = true;
      const address = element.getAttribute("href");
      if (address && !address.startsWith("#")) found.add("link to " + address);
      if (element.closest(typeset)) continue;
      if (element.matches("script, iframe, frame, object, embed, form, input, svg, math, link, " +
          "meta, base, style, template, video, audio, source, picture, dialog"))
        found.add("tag " + element.outerHTML.slice(0, 80));
      for (const {name, value} of element.attributes) {
        if (/^on|^data-(?!mathml)|^popover|^target$|^ping$|^action$|^name$/.test(name))
          found.add("attribute " + name + "=" + value);
        if (name === "src" && !value.startsWith("data:image/")) found.add("source " + value);
      }
    }
    for (const element of area.querySelectorAll("*")) {
      if (element.closest("a, area")) element.click?.();
      if (element.closest(typeset)) continue;
      for (const name of events)
        element.dispatchEvent(new Event(name, {cancelable: true}));
    }
  }
  return [...found];
}"""


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser that asks nobody for anything by itself."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync",
                "--disable-background-networking", "--disable-component-update",
            ],
        )  # fmt: skip
        yield browser
        browser.close()


class Watch:
    """Opens pages and notes what no page of ours does by itself.

    That is: calling `pwned`, a dialog, a window, going elsewhere, changing the title, asking
    another machine, writing to the server, and whatever a page's own policy had to stop.
    MathJax, which nbconvert loads from elsewhere, is taken from a package where one is installed.
    """

    def __init__(self, browser: Any, *, mine: str = "") -> None:
        self._mine = urlsplit(mine).netloc
        self.deeds: list[str] = []
        self._windows: list[Any] = []
        self._context = browser.new_context()
        self._context.expose_binding("pwned", lambda _, *what: self.deeds.append(f"ran {what}"))
        self._context.route("**", self._answer)
        self._context.on("request", self._asked)
        self.page = self._context.new_page()
        self._context.on("page", self._opened)
        self.page.on("dialog", self._spoke)
        self.page.on("console", self._logged)

    def _opened(self, page: Any) -> None:
        # Closed later: to wait for the browser in one of its own events can wait for ever.
        self._windows.append(page)
        self.deeds.append("opened a window")

    def _spoke(self, dialog: Any) -> None:
        self.deeds.append(f"said {dialog.message}")
        dialog.dismiss()

    def _logged(self, message: Any) -> None:
        if "canary" in message.text or "Content Security Policy" in message.text:
            self.deeds.append(f"logged {message.text}")

    def _asked(self, request: Any) -> None:
        address = urlsplit(request.url)
        elsewhere = address.scheme in ("http", "https") and address.netloc != self._mine
        if (elsewhere and "/mathjax/" not in request.url) or request.method not in ("GET", "HEAD"):
            self.deeds.append(f"asked {request.method} {request.url}")

    def _answer(self, route: Any) -> None:
        address = urlsplit(route.request.url)
        if address.scheme not in ("http", "https") or address.netloc == self._mine:
            route.continue_()
        elif "/mathjax/" in address.path:
            _serve_mathjax(route, address.path.rpartition("/mathjax/")[2])
        else:
            route.abort()

    def open(self, address: str) -> None:
        """Open a page and wait until it is there and its formulas are set."""
        while self._windows:
            self._windows.pop().close()
        # What the page before still does must be over when this one's deeds begin to count.
        self.page.goto("about:blank")
        self.page.evaluate("0")
        self.deeds.clear()
        answer = self.page.goto(address, wait_until="load")
        assert answer.status < 400 or address.startswith("file:"), f"{address}: {answer.status}"
        self.settle()

    def show(self, texts: list[str]) -> None:
        """Show markup as it is, each text in a frame of its own, as the server's."""
        frames = "".join(f'<iframe srcdoc="{escape(text)}"></iframe>' for text in texts)
        self.deeds.clear()
        self.page.set_content(frames, wait_until="domcontentloaded")

    def sees(self, word: str, seconds: float = 3.0) -> bool:
        """Return whether a deed that holds `word` happens soon."""
        for _ in range(int(seconds * 20)):
            if any(word in deed for deed in self.deeds):
                return True
            self.page.wait_for_timeout(50)
        return False

    def settle(self) -> None:
        """Wait for what a page does after it was loaded."""
        self.page.wait_for_timeout(150)
        self.page.evaluate("() => { window.MathJax?.Hub?.Queue(() => { MathJax.isDone = true }) }")
        self.page.wait_for_function("() => !window.MathJax?.Hub || MathJax.isDone")

    def provoke(self, selector: str = "body") -> list[str]:
        """Do to all that `selector` holds what a reader could; return what should not be there."""
        place, title = _place(self.page), self.page.title()
        found = self.page.evaluate(_PROVOKE, [selector, _EVENTS.split()])
        self.page.keyboard.press("Tab")
        self.page.mouse.wheel(0, 2000)
        self.settle()
        if _place(self.page) != place:
            self.deeds.append(f"went to {self.page.url}")
        if self.page.title() != title:
            self.deeds.append(f"is called {self.page.title()}")
        return [*found, *self.deeds]


def _place(page: Any) -> str:
    """The page's address without what a page may change about it: a query, a place in it."""
    return str(page.url).partition("#")[0].partition("?")[0]


def has_mathjax() -> bool:
    """Return whether MathJax 2, which nbconvert's pages use, is installed."""
    return find_spec("jupyter_server_mathjax") is not None


def _serve_mathjax(route: Any, path: str) -> None:
    if not has_mathjax():
        route.abort()
        return
    if path.endswith("latest.js"):
        # The package leaves out the one configuration that nbconvert asks for.
        source = route.request.url.rpartition("/")[0] + "/MathJax.js"
        config = "TeX-AMS-MML_HTMLorMML-full,Safe"
        body = f"document.write('<script src=\"{source}?config={config}\"></scr' + 'ipt>')"
        route.fulfill(body=body, content_type="text/javascript")
        return
    spec = find_spec("jupyter_server_mathjax")
    assert spec is not None
    assert spec.origin is not None
    root = Path(spec.origin).parent / "static"
    file = root.joinpath(*path.split("/")[1:])  # the first part is a version
    if file.is_file():
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        route.fulfill(path=file, content_type=kind, headers={"Access-Control-Allow-Origin": "*"})
    else:
        route.abort()
