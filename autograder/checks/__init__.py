"""What a check is written with.

    from autograder.checks import close, task

    @task("adam", weight=2)
    def test_bias_correction_is_visible_in_the_second_step(student, rng): ...

Fixtures: `student`, `reference` (hidden checks), `rng`, `variant`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.checks import convergence, gradient
    from autograder.checks.compare import close, equal, repeatable, shaped, unchanged, unpack
    from autograder.checks.derivation import Derivation, Line, LineVerdict
    from autograder.checks.marks import task
    from autograder.checks.results import CheckFailed, CheckInfo, CheckResult, number, score
    from autograder.checks.suite import Suite, run_suite
    from autograder.checks.variants import draw, student_name
    from autograder.checks.view import prose, results_table

__all__ = [
    "CheckFailed",
    "CheckInfo",
    "CheckResult",
    "Derivation",
    "Line",
    "LineVerdict",
    "Suite",
    "close",
    "convergence",
    "draw",
    "equal",
    "gradient",
    "number",
    "prose",
    "repeatable",
    "results_table",
    "run_suite",
    "score",
    "shaped",
    "student_name",
    "task",
    "unchanged",
    "unpack",
]

# Loaded when first asked for: a session that is being marked imports `check` from here,
# and must not load pytest or our comparisons for it.
_HOMES = {
    "compare": ("close", "equal", "repeatable", "shaped", "unchanged", "unpack"),
    "derivation": ("Derivation", "Line", "LineVerdict"),
    "marks": ("task",),
    "results": ("CheckFailed", "CheckInfo", "CheckResult", "number", "score"),
    "suite": ("Suite", "run_suite"),
    "variants": ("draw", "student_name"),
    "view": ("prose", "results_table"),
}
_MODULES = ("convergence", "gradient")


def __getattr__(name: str) -> object:
    if name in _MODULES:
        return import_module(f"autograder.checks.{name}")
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"autograder.checks.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
