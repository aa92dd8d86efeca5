"""The check linter: holes that checks are known to have, found by running each on the solution."""

from __future__ import annotations

from autograder.proof.lint.findings import RULES, Finding
from autograder.proof.lint.linter import lint, lint_files

__all__ = ["RULES", "Finding", "lint", "lint_files"]
