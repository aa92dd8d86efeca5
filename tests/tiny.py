"""A course small enough to read in one go: every kind of cell, check and answer once."""

from __future__ import annotations

import shutil
from pathlib import Path

import yaml

from autograder.course import Course, load_course

REPOSITORY = Path(__file__).parents[1]

COURSE = """\
id: tiny-course
title: A tiny course
assignments:
  - name: tiny
    title: Tiny steps
    due: 2027-03-01T23:59:00+01:00
limits:
  cell_seconds: 5
  check_seconds: 5
  submission_seconds: 600
late_policy: {grace_minutes: 10, penalty_percent_per_day: 10}
preload: [numpy]
"""

MASTER = '''\
# %% [markdown]
# # Tiny steps
#
# Two functions, one plain test and one question.

# %% nbgrader={"grade_id": "setup", "locked": true}
import numpy as np

from autograder import check

# %% nbgrader={"grade_id": "double", "solution": true}
def double(x):
    """Return `x` doubled."""
    ### BEGIN SOLUTION
    return x * 2.0
    ### END SOLUTION

# %% nbgrader={"grade_id": "check-double", "grade": true, "points": 2}
check("double")

# %% [markdown]
# The mean comes next.

# %% nbgrader={"grade_id": "mean", "solution": true}
def mean(x):
    """Return the mean of the numbers `x`."""
    ### BEGIN SOLUTION
    return np.add.reduce(x) / len(x)
    ### END SOLUTION

# %% nbgrader={"grade_id": "check-mean", "grade": true, "points": 3}
check("mean")

# %%
numbers = np.loadtxt("data/numbers.txt")
mean(numbers)

# %% nbgrader={"grade_id": "triple", "solution": true}
def triple(x):
    """Return `x` three times as large."""
    ### BEGIN SOLUTION
    return x + x + x
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-triple", "grade": true, "points": 1}
assert triple(1) == 3
### BEGIN HIDDEN TESTS
assert triple(-7) == -21
### END HIDDEN TESTS

# %% [markdown]
# Why is the mean of doubled numbers the doubled mean?

# %% [markdown] nbgrader={"grade_id": "why", "grade": true, "solution": true, "points": 1}
# A common factor of all terms can be taken out of the sum.
'''

CHECKS = '''\
"""What students can check themselves."""

from autograder.checks import close, task


@task("double")
def test_three_is_doubled(student):
    """`double(3)` is 6."""
    close(student.double(3.0), 6.0, name="double(3)")


@task("mean")
def test_mean_of_three_numbers(student):
    """The mean of 1, 2 and 6 is 3."""
    close(student.mean([1.0, 2.0, 6.0]), 3.0, name="the mean")
'''

HIDDEN_CHECKS = '''\
"""What marking checks on top."""

import numpy as np

from autograder.checks import close, task


@task("double")
def test_arrays_are_doubled(student, reference, rng):  # lint: ok a battery is slower
    """Arrays are doubled entry by entry."""
    x = rng.normal(size=(2, 3))
    close(student.double(x), reference.double(x), name="the doubled array")


@task("mean", weight=2)
def test_mean_of_random_numbers(student, rng):  # lint: ok a battery is slower
    """The mean of random numbers is right."""
    x = rng.uniform(1.0, 2.0, size=17)
    close(student.mean(x), float(np.mean(x)), name="the mean of an array")
'''

ACCEPT = {
    "loops": '''\
"""Sums and loops in place of products."""
# %% double
def double(x):
    twice = x + x
    return twice

# %% mean
def mean(x):
    total = 0.0
    for value in x:
        total += value
    return total / len(x)
'''
}

MISTAKES = """\
[double.square]
tells = "Squared in place of doubled."
old = "return x * 2.0"
new = "return x * x"

[mean.sum]
tells = "The division by the number of numbers is missing."
sure = true
old = "np.add.reduce(x) / len(x)"
new = "np.sum(x)"
"""

NUMBERS = "1.0\n2.5\n4.0\n"


def write_course(folder: Path) -> Course:
    """Write the course into `folder`, unbuilt."""
    files = {
        "course.yml": COURSE,
        "solutions/secret.txt": f"{'5ec2e7' * 6}\n",
        "solutions/tiny/tiny.py": MASTER,
        "solutions/tiny/checks.py": CHECKS,
        "solutions/tiny/hidden_checks.py": HIDDEN_CHECKS,
        "solutions/tiny/mistakes.toml": MISTAKES,
        "solutions/tiny/data/numbers.txt": NUMBERS,
    }
    files |= {f"solutions/tiny/accept/{name}.py": text for name, text in ACCEPT.items()}
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    shutil.copyfile(REPOSITORY / "nbgrader_config.py", folder / "nbgrader_config.py")
    return load_course(folder)


def with_limits(course: Course, **limits: float) -> Course:
    """Change limits in the file course.yml, which grader processes read again."""
    path = course.root / "course.yml"
    settings = yaml.safe_load(path.read_text(encoding="utf-8"))
    settings["limits"] = {**(settings.get("limits") or {}), **limits}
    path.write_text(yaml.safe_dump(settings), encoding="utf-8")
    return load_course(course.root)
