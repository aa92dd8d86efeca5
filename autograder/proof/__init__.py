"""Graders that are themselves tested: accepted and rejected variants, and their validation."""

from __future__ import annotations

from autograder.notebook.variants import Variant, load_variants, read_variant
from autograder.proof.cases import cases
from autograder.proof.validate import Validation, validate
from autograder.proof.verdicts import Case, Verdict, judge

__all__ = [
    "Case",
    "Validation",
    "Variant",
    "Verdict",
    "cases",
    "judge",
    "load_variants",
    "read_variant",
    "validate",
]
