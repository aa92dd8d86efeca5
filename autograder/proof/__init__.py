"""Graders that are themselves tested: right solutions, known mistakes, mutants."""

from autograder.proof.validate import Validation
from autograder.proof.verdicts import Case, Verdict

__all__ = ["Case", "Validation", "Verdict"]
