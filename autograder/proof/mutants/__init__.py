"""Mutation testing of graders: the reference with one small mistake must lose marks.

The libraries there are do not serve: cosmic-ray's operators change parso trees and come with
thirteen dependencies, a web client and a database among them; mutmut's change libcst trees and
come with a terminal interface and a configuration of their own; and neither knows an axis, a
transpose or a line of a derivation. So the operators are ours, over `ast`.
"""

from __future__ import annotations

from autograder.proof.mutants.make import Mutant, mutants, mutants_of
from autograder.proof.mutants.records import equivalents
from autograder.proof.mutants.sample import SAMPLE, sampled
from autograder.proof.mutants.trials import Outcome, try_mutants

__all__ = [
    "SAMPLE",
    "Mutant",
    "Outcome",
    "equivalents",
    "mutants",
    "mutants_of",
    "sampled",
    "try_mutants",
]
