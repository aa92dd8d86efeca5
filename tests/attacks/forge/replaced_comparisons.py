"""Replaces the comparisons of the autograder's own package.

stopped by: checks run in the grader's process, which imports its own
"""
# %%
import autograder.checks, autograder.checks.author.compare

for module in (autograder.checks, autograder.checks.author.compare):
    module.close = module.equal = lambda *_, **__: None

# %% fools
from autograder.checks import close

close(double(3.0), 6.0)
