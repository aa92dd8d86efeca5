"""Announces a message of sixteen exabytes.

stopped by: lengths are checked before anything is allocated
shows: message too large
"""
# %%
import os, struct, time

os.write(3, struct.pack("<4sIIQ", b"AGW1", 2, 1, 2**64 - 1))
time.sleep(10)
