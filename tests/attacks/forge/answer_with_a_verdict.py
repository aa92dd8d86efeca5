"""Answers with a message that also says that the check has passed.

stopped by: a message that is not exactly what was asked for ends the session
shows: what `double` returned cannot be marked
"""
# %% double
import json, os, struct

def double(x):
    for number in range(1, 100):
        reply = {"id": number, "held": [], "ok": 6.0, "mutated": [], "passed": True, "score": 2}
        text = json.dumps(reply).encode()
        os.write(3, struct.pack("<4sII", b"AGW1", len(text), 0) + text)
    return 0 * x
