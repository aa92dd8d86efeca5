"""Forks a child that is not its own but its parent's, to escape being killed with it.

stopped by: seccomp: clone with CLONE_PARENT, clone3
prize: adopted by
"""
# %%
import ctypes, os, signal

libc = ctypes.CDLL(None, use_errno=True)
clone_parent = 0x8000
child = libc.syscall(56, clone_parent | signal.SIGCHLD, 0, 0, 0, 0)
if child == 0:
    import time

    time.sleep(60)
    os._exit(0)
if child > 0:
    print("adopted", "by the zygote")
print(os.strerror(ctypes.get_errno()))
