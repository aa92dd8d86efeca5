"""Forks at the question, and lets parent and child both answer.

stopped by: a second answer to one question ends the session
shows: `double` returned cannot be marked|answers nothing|double\(3\)
"""
# %% double
import json, os, struct

def double(x):
    if os.fork() == 0:
        for number in range(1, 100):
            text = json.dumps({"id": number, "held": [], "ok": 6.0, "mutated": []}).encode()
            os.write(3, struct.pack("<4sII", b"AGW1", len(text), 0) + text)
        os._exit(0)
    os.wait()
    return 0 * x
