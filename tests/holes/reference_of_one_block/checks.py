"""The reference is the only oracle, and wrong for more than one block, which is never tried."""

from autograder.checks import close, task


@task("blocks")
def test_row_sums(student, reference, rng):  # HOLE one-oracle
    x = rng.normal(size=(1, 7))
    close(student.row_sums(x), reference.row_sums(x))
