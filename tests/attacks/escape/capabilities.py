"""Gives capabilities back to itself and to a program in its folder.

stopped by: capabilities: what was dropped cannot be raised, nor written to a file
prize: capable of
"""
# %%
import ctypes, os, struct

libc = ctypes.CDLL(None, use_errno=True)
header = ctypes.create_string_buffer(struct.pack("<Ii", 0x20080522, 0), 8)
everything = ctypes.create_string_buffer(struct.pack("<6I", *[0xFFFFFFFF] * 6), 24)
if libc.capset(header, everything) == 0:
    print("capable", "of everything")
print(os.strerror(ctypes.get_errno()))
if libc.prctl(47, 2, 21, 0, 0) == 0:  # raise CAP_SYS_ADMIN among the ambient
    print("capable", "of administration")
open("program", "w").write("x")
try:
    os.setxattr("program", "security.capability", struct.pack("<5I", 0x2000001, 1 << 21, 0, 0, 0))
    if os.getxattr("program", "security.capability"):
        print("capable", "by a file")
except OSError as error:
    print(error)
