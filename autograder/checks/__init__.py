"""The tools that checks are written with.

    from autograder.checks import close, task

    @task("adam", weight=2)
    def test_bias_correction_is_visible_in_the_second_step(student, rng): ...

Fixtures: `student`, `reference` (hidden checks), `rng`, `variant`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.checks.author import arg, chance, convergence, gradient
    from autograder.checks.author.arg import normal
    from autograder.checks.author.autograd import in_torch, slopes
    from autograder.checks.author.call import Call
    from autograder.checks.author.compare import (
        close,
        entry,
        equal,
        repeatable,
        shaped,
        unchanged,
        unpack,
    )
    from autograder.checks.author.derivation import Derivation, Line
    from autograder.checks.author.function import Function
    from autograder.checks.kernel.view import prose, results_table
    from autograder.checks.results import CheckFailed, CheckInfo, CheckResult, number, score
    from autograder.checks.runner.loading import wrong_expectations
    from autograder.checks.runner.marks import task
    from autograder.checks.runner.suite import Suite, run_suite
    from autograder.checks.runner.variants import draw, student_name

__all__ = [
    "Call",
    "CheckFailed",
    "CheckInfo",
    "CheckResult",
    "Derivation",
    "Function",
    "Line",
    "Suite",
    "arg",
    "chance",
    "close",
    "convergence",
    "draw",
    "entry",
    "equal",
    "gradient",
    "in_torch",
    "normal",
    "number",
    "prose",
    "repeatable",
    "results_table",
    "run_suite",
    "score",
    "shaped",
    "slopes",
    "student_name",
    "task",
    "unchanged",
    "unpack",
    "wrong_expectations",
]

# Loaded when first asked for: a session that is being marked imports `check` from here,
# and must not load pytest or our comparisons for it.
_HOMES = {
    "author.arg": ("normal",),
    "author.autograd": ("in_torch", "slopes"),
    "author.compare": ("close", "entry", "equal", "repeatable", "shaped", "unchanged", "unpack"),
    "author.derivation": ("Derivation", "Line"),
    "author.call": ("Call",),
    "author.function": ("Function",),
    "kernel.view": ("prose", "results_table"),
    "results": ("CheckFailed", "CheckInfo", "CheckResult", "number", "score"),
    "runner.loading": ("wrong_expectations",),
    "runner.marks": ("task",),
    "runner.suite": ("Suite", "run_suite"),
    "runner.variants": ("draw", "student_name"),
}
_MODULES = ("arg", "chance", "convergence", "gradient")


def __getattr__(name: str) -> object:
    if name in _MODULES:
        return import_module(f"autograder.checks.author.{name}")
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"autograder.checks.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
