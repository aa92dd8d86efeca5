"""`doctor`: what this machine offers for marking."""

from __future__ import annotations

import platform
from importlib import metadata

from autograder.cli.frame import console
from autograder.errors import SandboxError
from autograder.sandbox import choose_level, probe

_LIBRARIES = ("numpy", "torch", "ipython", "nbgrader", "jupytext", "pytest", "pyseccomp")


def describe_machine() -> bool:
    """Print walls and versions; False when nothing here can hold students' code."""
    for rung, state in probe().items():
        console.print(f"{rung:<14} {state}", markup=False)
    try:
        level = choose_level("auto")
        console.print(f"{'sandbox':<14} {level}", markup=False)
    except SandboxError as error:
        level = None
        console.print(f"{'sandbox':<14} none: {error}", markup=False)
    console.print(f"{'python':<14} {platform.python_version()}", markup=False)
    for name in _LIBRARIES:
        try:
            console.print(f"{name:<14} {metadata.version(name)}", markup=False)
        except metadata.PackageNotFoundError:
            console.print(f"{name:<14} not installed", markup=False)
    return level is not None
