"""Recurses without a limit until the stack of the process is used up.

stopped by: the session is forked again, the cells before are replayed
shows: killed by SIGSEGV|MemoryError|RecursionError
"""
# %%
import sys

sys.setrecursionlimit(10**9)

class Deep:
    def __getattr__(self, name):
        return getattr(self, name + "x")

Deep().deeper
