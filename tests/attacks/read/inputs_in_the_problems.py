"""Ends later cells, when they are run for the hidden checks, with words about what it knows.

stopped by: of the hidden run's cells only is said that they lost their session
shows: lost its session when run for the hidden checks
prize: told ndarray
earns: 2
"""
# %% double
known = []

def double(x):
    known.append(f"told {type(x).__name__} {x!r}")
    return 2 * x

# %% later
import os

if any("array" in words for words in known):
    print(known)
    os.write(3, repr(known).encode() * 10)
