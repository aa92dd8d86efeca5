"""Kills the sessions and processes of others by their ids.

stopped by: Landlock: signals stay inside; each session has a user id of its own
prize: killed another
without walls: works
"""
# %%
import os, signal

for process in (NEIGHBOUR, VICTIM):
    try:
        os.kill(process, signal.SIGKILL)
        print("killed", "another")
    except OSError as error:
        print(error)
