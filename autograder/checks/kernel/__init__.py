"""The part of the checks that a student's notebook has, `check` and `variant` above all."""

from autograder.checks.kernel.notebook import CheckOutcome, check, draw_recorded, student, variant

__all__ = ["CheckOutcome", "check", "draw_recorded", "student", "variant"]
