"""Opens a file by the bare system calls, past everything that Python could have patched.

stopped by: the kernel asks Landlock whoever calls
without walls: works
"""
# %%
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
path = ctypes.c_char_p((COURSE + "/solutions/tiny/hidden_checks.py").encode())
text = ctypes.create_string_buffer(2000)
how = (ctypes.c_uint64 * 3)(0, 0, 0)
for descriptor in (
    libc.syscall(2, path, 0),
    libc.syscall(257, -100, path, 0),
    libc.syscall(437, -100, path, how, 24),
):
    if descriptor >= 0:
        libc.read(descriptor, text, 2000)
print(text.value.decode())
