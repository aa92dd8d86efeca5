"""Reads from every descriptor that it may have inherited.

stopped by: a session starts with its own end of the wire, and no other descriptor
prize: inherited \w
"""
# %%
import os

for descriptor in range(4, 1024):
    try:
        print("inherited", os.readlink(f"/proc/self/fd/{descriptor}"), os.read(descriptor, 100))
    except OSError:
        pass
print(len(os.listdir("/proc/self/fd")))
