"""Stays in one call of a library, where Python is never asked again.

stopped by: the grader's clock
shows: ran longer than
"""
# %%
import re

re.match(r"(a+)+$", "a" * 40 + "b")
