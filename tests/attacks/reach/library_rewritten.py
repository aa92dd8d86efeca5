"""Rewrites a library that the next session imports, in the file and in its compiled copy.

stopped by: Landlock: libraries may be read only
prize: library changed
"""
# %%
import importlib.util, os

import numpy.random

# Only tried: a byte is written back as it was.
for path in (numpy.__file__, importlib.util.cache_from_source(numpy.__file__), os.__file__):
    try:
        with open(path, "r+b") as file:
            byte = file.read(1)
            file.seek(0)
            file.write(byte)
        print("library", "changed")
    except OSError as error:
        print(error)
