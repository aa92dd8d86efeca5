"""Writes machine code into memory and lets that make the calls, past libc and Python.

stopped by: the kernel asks seccomp and Landlock whoever calls
without walls: works
"""
# %%
import ctypes, mmap

# open(rdi, O_RDONLY), read(it, rsi, 2000)
code = bytes.fromhex(
    "56 31f6 b802000000 0f05 5e 89c7 ba d0070000 31c0 0f05 c3"
)
memory = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
memory.write(code)
address = ctypes.addressof(ctypes.c_char.from_buffer(memory))
run = ctypes.CFUNCTYPE(ctypes.c_long, ctypes.c_char_p, ctypes.c_char_p)(address)
text = ctypes.create_string_buffer(2001)
print(run((COURSE + "/solutions/tiny/hidden_checks.py").encode(), ctypes.cast(text, ctypes.c_char_p)))
print(text.value.decode())
