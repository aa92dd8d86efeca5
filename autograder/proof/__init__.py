"""Graders that are themselves tested: accepted and rejected variants, and their validation."""

from __future__ import annotations

from autograder.proof.validate import Verdict, cases, judge, validate
from autograder.proof.variants import Variant, load_variants, read_variant

__all__ = ["Variant", "Verdict", "cases", "judge", "load_variants", "read_variant", "validate"]
