"""Leaves the group and session of processes that are killed together.

stopped by: seccomp: setsid, setpgid
prize: on its own
without walls: works
"""
# %%
import os, time

child = os.fork()
if child == 0:
    for leave in (os.setsid, os.setpgrp, lambda: os.setpgid(0, 0)):
        try:
            leave()
            os._exit(42)
        except OSError:
            pass
    os._exit(0)
if os.waitpid(child, 0)[1] >> 8 == 42:
    print("on", "its own")
