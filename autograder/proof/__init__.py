"""Graders that are themselves tested: right solutions, known mistakes, mutants."""

from __future__ import annotations

from autograder.proof.cases import cases
from autograder.proof.validate import Validation, validate
from autograder.proof.verdicts import Case, Verdict, judge

__all__ = ["Case", "Validation", "Verdict", "cases", "judge", "validate"]
