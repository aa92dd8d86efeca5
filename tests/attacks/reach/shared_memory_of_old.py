"""Leaves System V shared memory, semaphores and messages, which belong to no process.

stopped by: seccomp: shmget, semget, msgget and their kin
prize: found an old
without walls: works
again: yes
"""
# %%
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
key, create = 0x6D616C, 0o1000 | 0o666
for call, arguments in ((libc.shmget, (64,)), (libc.semget, (1,)), (libc.msgget, ())):
    if call(key, *arguments, 0) >= 0:
        print("found", "an old one")
    if call(key, *arguments, create) < 0:
        print(os.strerror(ctypes.get_errno()))
