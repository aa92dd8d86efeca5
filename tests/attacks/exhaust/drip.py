"""Answers one byte at a time, for ever.

stopped by: the grader's clock goes on while bytes arrive
shows: waited for longer than
"""
# %%
import os, struct, time

os.write(3, struct.pack("<4sII", b"AGW1", 8 << 20, 0))
while True:
    os.write(3, b"x")
    time.sleep(0.01)
