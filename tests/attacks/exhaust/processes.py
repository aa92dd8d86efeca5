"""Starts a thousand processes that sleep.

stopped by: resource limits: processes; the group is killed with the session
shows: started \d{1,2}$
"""
# %%
import os, time

started = 0
try:
    for started in range(1000):
        if os.fork() == 0:
            time.sleep(600)
            os._exit(0)
except OSError as error:
    print(error)
print("started", started)
