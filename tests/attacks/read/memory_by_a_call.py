"""Reads another process's memory by process_vm_readv.

stopped by: seccomp: process_vm_readv; Landlock: no other process may be traced
without walls: works
"""
# %%
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
room = ctypes.create_string_buffer(40)
here = (ctypes.c_size_t * 2)(ctypes.addressof(room), 40)
there = (ctypes.c_size_t * 2)(ADDRESS, 40)
print(libc.process_vm_readv(VICTIM, here, 1, there, 1, 0), os.strerror(ctypes.get_errno()))
print(room.value)
