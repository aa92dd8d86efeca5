"""For all commands: the console, safe from control codes, and errors as sentences, not traces."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterable
from typing import ParamSpec, TypeVar

import typer
from rich.console import Console, ConsoleOptions, RenderableType
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.segment import Segment

from autograder.errors import AutograderError

P = ParamSpec("P")
R = TypeVar("R")


class _SafeConsole(Console):
    """A console that sends no control codes to the terminal but its own."""

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        """Return the parts of what is shown, the text of each without control codes."""
        for part in super().render(renderable, options):
            yield part if part.control else part._replace(text=_shown(part.text))


# A pipe has no width; the tables are made to be read, so give them room.
console = _SafeConsole(highlight=False, width=None if sys.stdout.isatty() else 160)


def _shown(text: str) -> str:
    return "".join(c for c in text if c.isprintable() or c == "\n")


def guarded(command: Callable[P, R]) -> Callable[P, R]:
    """Turn our own errors, and missing instructor's libraries, into a message and exit code 2."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except AutograderError as error:
            typer.echo(f"autograder: {_shown(str(error))}", err=True)
            raise typer.Exit(2) from None
        except ModuleNotFoundError as error:
            if (error.name or "").split(".")[0] == "autograder":
                raise
            typer.echo(
                f"autograder: {error.name} is not installed. This command is for instructors: "
                "pip install 'deep-learning-autograder[instructor]'",
                err=True,
            )
            raise typer.Exit(2) from None

    return run


def progress_bar() -> Progress:
    """Return a bar with count, elapsed time and what is left; on stderr, so output can be piped."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        console=_SafeConsole(stderr=True),
    )
