"""Starts a thousand threads.

stopped by: resource limits: processes and threads count together
shows: started \d{1,2}$
"""
# %%
import threading, time

started = 0
try:
    for started in range(1000):
        threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
except RuntimeError as error:
    print(error)
print("started", started)
