"""Kills the grader, and the zygote that all sessions come from.

stopped by: Landlock: signals stay inside; each session has a user id of its own
prize: killed the
"""
# %%
import os, signal

# Only the processes that marking needs: should the walls fail, the machine survives.
for process in (GRADER, ZYGOTE, os.getppid()):
    for number in (signal.SIGSTOP, signal.SIGKILL):
        try:
            os.kill(process, number)
            print("killed", "the", process)
        except OSError as error:
            print(error)
