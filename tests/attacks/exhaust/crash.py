"""Crashes the interpreter: reads where no memory is.

stopped by: the session is forked again, the cells before are replayed
shows: killed by SIGSEGV
"""
# %%
import ctypes

ctypes.string_at(0)
