"""Raises what test libraries take for a test that was skipped, which is no failure.

stopped by: whatever a function raises is a wrong answer
shows: raised SkipTest
"""
# %% double
import unittest

def double(x):
    raise unittest.SkipTest

# %% fools
class Naive(unittest.TestCase):
    def test_double(self):
        self.assertEqual(double(3.0), 6.0)

assert unittest.defaultTestLoader.loadTestsFromTestCase(Naive).run(
    result := unittest.TestResult()
) is result and result.wasSuccessful()
