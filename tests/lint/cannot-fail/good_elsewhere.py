"""Comparisons in methods, in objects of the checks file, and in a library."""

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.testing import assert_almost_equal as agree

from autograder.checks import close, task


@dataclass
class Problem:
    x: float

    def judge(self, student):
        close(student.double(self.x), 2 * self.x)


class TestDouble:
    def compare(self, found, truth):
        close(found, truth)

    @task("double")
    def test_by_a_method(self, student, reference):
        self.compare(student.double(2.0), 4.0)
        self.compare(student.double(3.0), reference.double(3.0))

    @task("double")
    def test_by_a_problem(self, student):
        Problem(2.0).judge(student)

    @task("double")
    def test_by_a_library(self, student):
        agree(student.double(2.0), 4.0)

    @task("double")
    def test_by_numpy(self, student, rng):
        x = rng.normal(size=3)
        close(np.vectorize(student.double)(x), 2 * x)

    @task("double")
    def test_by_a_partial(self, student):
        twice = partial(student.double, 2.0)
        close(twice(), 4.0)
