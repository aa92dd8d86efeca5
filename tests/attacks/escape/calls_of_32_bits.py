"""Makes system calls by the numbers of another architecture, which a filter could overlook.

stopped by: seccomp: a call of another architecture ends the process
shows: killed by SIGSYS|SIGSEGV
"""
# %%
import ctypes, mmap

code = bytes.fromhex("b814000000 cd80 c3")  # getpid, by the interrupt of old
memory = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
memory.write(code)
run = ctypes.CFUNCTYPE(ctypes.c_long)(ctypes.addressof(ctypes.c_char.from_buffer(memory)))
print("escaped", run())
