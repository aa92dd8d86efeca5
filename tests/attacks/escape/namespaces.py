"""Makes namespaces of its own, in which it would be root again.

stopped by: seccomp: unshare, setns, clone with namespace flags, clone3
prize: in a namespace
without walls: works for root
"""
# %%
import ctypes, os, signal

libc = ctypes.CDLL(None, use_errno=True)
for flag in (0x10000000, 0x20000, 0x20000000, 0x40000000, 0x4000000, 0x8000000):
    child = os.fork()
    if child == 0:
        os._exit(42 if libc.unshare(flag) == 0 else 0)
    if os.waitpid(child, 0)[1] >> 8 == 42:
        print("in", "a namespace by unshare")
    child = libc.syscall(56, flag | signal.SIGCHLD, 0, 0, 0, 0)
    if child == 0:
        os._exit(0)
    if child > 0:
        os.waitpid(child, 0)
        print("in", "a namespace by clone")
print(os.strerror(ctypes.get_errno()))
