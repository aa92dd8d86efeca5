"""Writes broken messages to every descriptor there is.

stopped by: a message that is not of the protocol ends the session
shows: malformed frame|message too large|not an answer
"""
# %%
import os, struct

for descriptor in range(3, 256):
    try:
        os.write(descriptor, struct.pack("<IIQ", 2**31, 2**31, 2**63) + b"{}" * 64)
    except OSError:
        pass
