"""Forks in every process, for ever.

stopped by: resource limits: processes; the grader's clock
shows: ran longer than|ended the whole session
"""
# %%
import os

while True:
    try:
        os.fork()
    except OSError:
        pass
