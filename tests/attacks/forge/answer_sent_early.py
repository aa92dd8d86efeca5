"""Sends answers to the next hundred questions before they are asked.

stopped by: a session that speaks before it is asked is ended
shows: answers nothing
"""
# %%
import json, os, struct

for number in range(1, 100):
    text = json.dumps({"id": number, "held": [], "ok": 6.0, "mutated": []}).encode()
    os.write(3, struct.pack("<4sII", b"AGW1", len(text), 0) + text)
