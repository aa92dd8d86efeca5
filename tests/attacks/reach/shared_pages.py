"""Writes into memory that its process may share with those forked beside it.

stopped by: the zygote shares no writable memory with its sessions
prize: wrote shared
"""
# %%
import ctypes

for line in open("/proc/self/maps").read().splitlines():
    span, rights = line.split()[:2]
    if rights[1] == "w" and rights[3] == "s":
        first = int(span.split("-")[0], 16)
        ctypes.memset(first, 42, 1)
        print("wrote", "shared", line)
