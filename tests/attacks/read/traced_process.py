"""Attaches to another process as a debugger and looks into it word by word.

stopped by: seccomp: ptrace; Landlock: no other process may be traced
without walls: works
"""
# %%
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.restype = ctypes.c_long
attach, peek, detach = 16, 2, 17
if libc.ptrace(attach, VICTIM, None, None) == 0:
    os.waitpid(VICTIM, 0)
    words = [libc.ptrace(peek, VICTIM, ctypes.c_void_p(ADDRESS + 8 * k), None) for k in range(2)]
    libc.ptrace(detach, VICTIM, None, None)
    print(b"".join(word.to_bytes(8, "little", signed=True) for word in words))
print(os.strerror(ctypes.get_errno()))
