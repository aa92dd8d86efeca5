"""Answers with more objects than the grader cares to remember.

stopped by: handles are capped in number
shows: objects were returned
"""
# %% double
def double(x):
    return [object() for _ in range(50_000)]
