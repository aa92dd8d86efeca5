"""Sends eight megabytes of opening brackets as an answer.

stopped by: brackets and commas are counted before the text is parsed
shows: message too large
"""
# %%
import os, struct, time

text = b"[" * (8 << 20)
os.write(3, struct.pack("<4sII", b"AGW1", len(text), 0))
os.set_blocking(3, True)
os.write(3, text)
time.sleep(10)
