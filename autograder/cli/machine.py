"""`doctor`: what this machine offers for marking."""

from __future__ import annotations

import platform
from importlib import metadata
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from autograder.cli.frame import console
from autograder.errors import SandboxError
from autograder.sandbox import choose_level, probe

_LIBRARIES = ("numpy", "torch", "ipython", "nbgrader", "jupytext", "pytest", "pyseccomp")
# One of these exists where there is a driver; without it torch need not be loaded to know.
_GPUS = ("/dev/nvidiactl", "/dev/dxg", "/dev/kfd")


def describe_machine() -> bool:
    """Print walls and versions; False when nothing here can hold students' code."""
    console.print(_walls())
    try:
        level, chosen = choose_level("auto"), True
        said = f"[green]{level}[/], the strongest level that works here"
    except SandboxError as error:
        said, chosen = f"[red]none[/]: {escape(str(error))}", False
    versions = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    versions.add_row("sandbox", said)
    versions.add_row("python", platform.python_version())
    for name in _LIBRARIES:
        versions.add_row(name, version_of(name))
    versions.add_row("gpu", escape(_gpu()))
    console.print()
    console.print(versions)
    return chosen


def _walls() -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for heading in ("level", "wall", "here"):
        table.add_column(heading, no_wrap=True)
    table.add_column("")
    above = ""
    for wall in probe():
        remedy = f"\n[dim]{escape(wall.remedy)}[/]" if wall.remedy else ""
        table.add_row(
            wall.level if wall.level != above else "",
            wall.name,
            "[green]yes[/]" if wall.stands else "[yellow]no[/]",
            escape(wall.detail) + remedy,
        )
        above = wall.level
    return table


def version_of(name: str) -> str:
    """Return which version of a library is installed."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed"


def _gpu() -> str:
    if not any(map(Path.exists, map(Path, _GPUS))):
        return "no"
    try:
        import torch
    except ImportError:
        return "not usable: torch is not installed"
    if not torch.cuda.is_available():
        return "not usable with this torch"
    return f"yes: {torch.cuda.get_device_name()} (sessions run without it)"
