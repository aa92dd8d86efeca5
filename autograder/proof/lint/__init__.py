"""The check linter: holes that checks are known to have, found without running them."""

from __future__ import annotations

from autograder.proof.lint.findings import RULES, Finding, Rule
from autograder.proof.lint.linter import lint, lint_files
from autograder.proof.lint.oracles import oracles

__all__ = ["RULES", "Finding", "Rule", "lint", "lint_files", "oracles"]
