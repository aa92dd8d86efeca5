"""Lets a thread send answers while the main thread is still thinking.

stopped by: an answer that comes late answers nothing and ends the session
shows: `double` returned cannot be marked|answers nothing|is wrong
"""
# %%
import json, struct, threading

def chatter():
    import os
    import time

    time.sleep(0.2)
    text = json.dumps({"id": 10**6, "held": [], "ok": 6.0, "mutated": []}).encode()
    os.write(3, struct.pack("<4sII", b"AGW1", len(text), 0) + text)

# %% double
import time

def double(x):
    threading.Thread(target=chatter).start()
    time.sleep(0.6)
    return 0 * x
