"""Enters the namespaces of another process.

stopped by: seccomp: setns; Landlock: of /proc only its own entries may be read
prize: entered \w
"""
# %%
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
for process in (VICTIM, GRADER, 1):
    for kind in ("mnt", "user", "net", "pid"):
        try:
            descriptor = os.open(f"/proc/{process}/ns/{kind}", os.O_RDONLY)
            if libc.setns(descriptor, 0) == 0:
                print("entered", kind)
        except OSError as error:
            print(error)
