"""Leaves a POSIX message queue, which has no file and no owner.

stopped by: seccomp: mq_open
prize: found a queue
again: yes
"""
# %%
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
for flags in (os.O_RDWR, os.O_RDWR | os.O_CREAT):
    queue = libc.syscall(240, b"mallory", flags, 0o666, None)
    print(os.strerror(ctypes.get_errno()))
    if queue >= 0 and not flags & os.O_CREAT:
        print("found", "a queue")
