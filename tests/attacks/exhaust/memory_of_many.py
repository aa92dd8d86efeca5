"""Takes memory in many processes, none of which takes too much.

stopped by: the watch: memory of all processes of a session together
shows: MiB of memory together|ran longer than|killed by SIGKILL
"""
# %%
import os, time

for _ in range(5):
    if os.fork() == 0:
        block = os.urandom(1 << 20) * 150
        time.sleep(60)
        os._exit(0)
time.sleep(60)
