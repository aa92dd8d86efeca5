"""Writes into the memory of another student's session.

stopped by: Landlock: no other process may be traced; seccomp: process_vm_writev
prize: memory of theirs
without walls: works
"""
# %%
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
mine = ctypes.create_string_buffer(b"nonsense")
here = (ctypes.c_size_t * 2)(ctypes.addressof(mine), 8)
there = (ctypes.c_size_t * 2)(ADDRESS, 8)
if libc.process_vm_writev(VICTIM, here, 1, there, 1, 0) == 8:
    print("memory", "of theirs")
for process in (NEIGHBOUR, VICTIM):
    try:
        with open(f"/proc/{process}/mem", "r+b", 0) as memory:
            memory.seek(ADDRESS)
            memory.write(b"nonsense")
            print("memory", "of theirs")
    except OSError as error:
        print(error)
