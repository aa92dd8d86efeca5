"""Imports the hidden checks as a module.

stopped by: Landlock: nothing of the course may be read
without walls: works
"""
# %%
import sys

sys.path.insert(0, COURSE + "/solutions/tiny")
try:
    import hidden_checks

    print(hidden_checks.SECRET)
except ImportError as error:
    print(error)
