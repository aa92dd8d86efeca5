"""For all commands: the console, and errors shown as sentences instead of traces."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from autograder.errors import AutograderError

P = ParamSpec("P")
R = TypeVar("R")

# A pipe has no width; the tables are made to be read, so give them room.
console = Console(highlight=False, width=None if sys.stdout.isatty() else 160)


def guarded(command: Callable[P, R]) -> Callable[P, R]:
    """Turn our own errors, and missing instructor's libraries, into a message and exit code 2."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except AutograderError as error:
            typer.echo(f"autograder: {error}", err=True)
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
        console=Console(stderr=True),
    )
