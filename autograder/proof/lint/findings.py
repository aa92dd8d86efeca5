"""What the linter reports, and the list of its rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.proof.lint.files import Source
    from autograder.proof.lint.trials import Trials


@dataclass(frozen=True)
class Finding:
    """A hole in a checks file: the rule, where it is, what is wrong and what to do about it."""

    rule: str
    path: Path
    line: int
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.message}. {self.remedy}"


# What a rule yields: a line of a checks file, and what is wrong there.
Hits = Iterator[tuple[Path, int, str]]
Written = Callable[["Source"], Hits]
Observed = Callable[["Trials"], Hits]


@dataclass(frozen=True)
class Rule:
    """A rule: its name, how to close the hole, and the search for it.

    `written` reads a checks file, `observed` looks at what the checks do.
    """

    name: str
    remedy: str
    hole: str
    written: Written | None = None
    observed: Observed | None = None


RULES: dict[str, Rule] = {}


def written(name: str, remedy: str) -> Callable[[Written], Written]:
    """Register a function as the rule `name`, or as the part of it that reads a file."""

    def register(look: Written) -> Written:
        other = RULES.get(name)
        RULES[name] = Rule(name, remedy, _hole(look), look, other.observed if other else None)
        return look

    return register


def observed(name: str, remedy: str = "") -> Callable[[Observed], Observed]:
    """Register a function as the rule `name`, or as the part of it that looks at runs."""

    def register(look: Observed) -> Observed:
        other = RULES.get(name)
        if other is not None and other.written is not None:
            RULES[name] = Rule(name, other.remedy, other.hole, other.written, look)
        else:
            RULES[name] = Rule(name, remedy, _hole(look), observed=look)
        return look

    return register


def _hole(look: Written | Observed) -> str:
    return (look.__doc__ or "").strip()
