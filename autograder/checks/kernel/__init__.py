"""The part of the checks that a student's notebook has: `check`, `variant`, `draw_recorded`."""

from autograder.checks.kernel.notebook import CheckOutcome, check, draw_recorded, variant

__all__ = ["CheckOutcome", "check", "draw_recorded", "variant"]
