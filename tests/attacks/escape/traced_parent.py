"""Attaches to its parent and to its own child as a debugger.

stopped by: seccomp: ptrace
prize: traces \w
"""
# %%
import ctypes, os, signal, time

libc = ctypes.CDLL(None, use_errno=True)
child = os.fork()
if child == 0:
    time.sleep(20)
    os._exit(0)
for name, process in (("child", child), ("parent", os.getppid()), ("zygote", ZYGOTE)):
    if libc.ptrace(0x4206, process, None, None) == 0:  # seize, which stops nobody
        print("traces", name)
    print(os.strerror(ctypes.get_errno()))
os.kill(child, signal.SIGKILL)
os.waitpid(child, 0)
