"""Asks not to be killed when its parent ends, and becomes the reaper of others.

stopped by: seccomp: prctl(PR_SET_PDEATHSIG); a session is killed with its whole group
prize: lives on
without walls: works
"""
# %%
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
if libc.prctl(1, 0, 0, 0, 0) == 0:
    print("lives", "on")
print(os.strerror(ctypes.get_errno()))
libc.prctl(36, 1, 0, 0, 0)  # be the reaper of one's descendants
libc.prctl(4, 0, 0, 0, 0)  # not to be looked into
