"""Makes system calls by the numbers of the x32 interface, which a filter could overlook.

stopped by: seccomp: a call of another architecture ends the process
shows: killed by SIGSYS
"""
# %%
import ctypes

print("escaped", ctypes.CDLL(None).syscall(0x40000000 + 39))
