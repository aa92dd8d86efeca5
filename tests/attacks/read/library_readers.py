"""Reads through libraries that open files in C: numpy, torch, linecache.

stopped by: the kernel asks Landlock whoever calls
without walls: works
"""
# %%
import linecache

import numpy as np
import torch

path = COURSE + "/solutions/tiny/hidden_checks.py"
for read in (
    lambda: np.fromfile(path, dtype=np.uint8).tobytes(),
    lambda: bytes(np.memmap(path, mode="r")),
    lambda: bytes(torch.UntypedStorage.from_file(path, False, 200)),
    lambda: linecache.getlines(path),
):
    try:
        print(read())
    except (OSError, RuntimeError) as error:
        print(error)
