"""Writes files and takes their names away while they are open.

stopped by: the watch: what processes have open and mapped counts
shows: wrote more than 16 MiB|ran longer than
"""
# %%
import os, time

hoard = []
for number in range(20):
    hoard.append(os.open("file", os.O_RDWR | os.O_CREAT))
    os.unlink("file")
    os.write(hoard[-1], bytes(4 << 20))
time.sleep(60)
