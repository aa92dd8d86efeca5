"""Asks the grader, in the middle of a call, to run a function that it never gave away.

stopped by: only functions that were passed to the call can be called back
shows: a callback
"""
# %% double
import json, os, struct

def double(x):
    for number in range(1, 100):
        question = {"id": number, "callback": 1, "value": {"t": "tuple", "v": [[], {}]}}
        text = json.dumps(question).encode()
        os.write(3, struct.pack("<4sII", b"AGW1", len(text), 0) + text)
    return 0 * x
