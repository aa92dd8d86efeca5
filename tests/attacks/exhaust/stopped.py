"""Stops its own process, which is neither running nor ended.

stopped by: the grader's clock
shows: waited for longer than
"""
# %%
import os, signal

os.kill(os.getpid(), signal.SIGSTOP)
