"""Reads the environment of every process, and its own.

stopped by: Landlock: of /proc only its own entries may be read; sessions inherit no environment
without walls: works
"""
# %%
import os

print(dict(os.environ))
for process in (VICTIM, GRADER, ZYGOTE, NEIGHBOUR, os.getppid(), 1):
    try:
        print(open(f"/proc/{process}/environ").read())
    except OSError as error:
        print(error)
