"""The results of checks: plain records, and the score they add up to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal

Status = Literal["passed", "failed", "error", "timeout"]
Visibility = Literal["public", "hidden"]


@dataclass(frozen=True)
class CheckInfo:
    """One check as collected: `line` is where its function begins in `file`.

    `own_numbers` says that it looks at numbers drawn for the student.
    """

    id: str
    task: str
    visibility: Visibility
    weight: float
    description: str
    file: str = ""
    line: int = 0
    own_numbers: bool = False


@dataclass(frozen=True)
class CheckResult:
    """The result of one check for one submission; `message` is empty when it passed.

    Where a known mistake gives exactly the student's answers, `mistake` is its name and
    `diagnosis` the sentence on it for the student.
    """

    id: str
    task: str
    visibility: Visibility
    weight: float
    status: Status
    message: str
    misconception: str | None
    seconds: float
    description: str
    mistake: str = ""
    diagnosis: str = ""

    @property
    def passed(self) -> bool:
        """True when the check's weight counts."""
        return self.status == "passed"


class CheckFailed(AssertionError):  # noqa: N818 - a verdict, no accident
    """The answer is wrong, and this is how to say so.

    `headline` holds no values and is shown always; `detail` may show inputs and results
    and is kept from hidden checks' messages; `misconception` is a slug such as
    `"transpose"` that reports can be searched for.
    """

    def __init__(
        self, headline: str, *, detail: str = "", misconception: str | None = None
    ) -> None:
        super().__init__(f"{headline}\n{detail}" if detail else headline)
        self.headline = headline
        self.detail = detail
        self.misconception = misconception


def score(results: Iterable[CheckResult], points: float) -> float:
    """Return points × passed weight / all weight, to a hundredth of a point (0 without checks)."""
    weights = [(result.weight, result.passed) for result in results]
    total = sum(weight for weight, _ in weights)
    if not total:
        return 0.0
    return round(points * sum(weight for weight, passed in weights if passed) / total, 2)


def number(value: float) -> str:
    """Return a score or points as people write it: `3.5`, `3`, never `3.0`."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"", "-0"} else text


def describe(name: str, docstring: str | None) -> str:
    """Return a check's description: its docstring's first sentence, or its name in words.

    `name` is the check's id, such as `test_line[dw2]`; what the brackets hold is added.
    """
    base, _, parameters = name.partition("[")
    if docstring and docstring.strip():
        paragraph = " ".join(docstring.strip().split("\n\n", 1)[0].split())
        text = re.split(r"(?<=[.!?])\s+(?=[A-Z`])", paragraph, maxsplit=1)[0]
    else:
        words = base.removeprefix("test_").replace("_", " ").strip()
        text = words[:1].upper() + words[1:]
    parameters = parameters.removesuffix("]")
    return text.rstrip(".") + (f" ({parameters})" if parameters else "")


_secret = ContextVar("secret", default=False)


@contextmanager
def keeping_secrets(secret: bool) -> Iterator[None]:
    """Leave out, if `secret`, what `told` is given: a hidden check is running."""
    token = _secret.set(secret)
    try:
        yield
    finally:
        _secret.reset(token)


def told(text: str) -> str:
    """Return a part of a message that is in a session's own words, nothing in a hidden check.

    There the session knows the inputs, and names of types, keys and arguments could spell them.
    """
    return "" if _secret.get() else text


def clean(text: object, limit: int = 300) -> str:
    """Return untrusted text fit for a message: printable, on one line, at most `limit` long."""
    words = "".join(c if c.isprintable() else " " for c in str(text)[: 4 * limit])
    line = " ".join(words.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
