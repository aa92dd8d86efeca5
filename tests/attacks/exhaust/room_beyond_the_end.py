"""Takes room on the disk beyond the end of a file, which no size of a file shows.

stopped by: seccomp: fallocate
prize: room taken
without walls: works
"""
# %%
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
file = os.open("small", os.O_CREAT | os.O_RDWR)
for flags in (1, 0, 1 | 16):
    if libc.fallocate(file, flags, ctypes.c_long(0), ctypes.c_long(8 << 20)) == 0:
        print("room", "taken", os.fstat(file).st_blocks)
    print(os.strerror(ctypes.get_errno()))
os.remove("small")
