import numpy as np

from autograder.checks import close, task


@task("exp")
def test_slope(student, reference):
    close(student.exp_back(1.0, 2.0), reference.exp_back(1.0, 2.0), rtol=1e-9)


@task("exp")
def test_slope_at_minus_one(student):
    found = student.exp_back(1.0, -1.0)
    np.testing.assert_allclose(found, np.exp(-1.0), rtol=1e-7, atol=0)
    assert np.allclose(found, np.exp(-1.0), rtol=1e-7)
    np.testing.assert_almost_equal(found, np.exp(-1.0), 9)
