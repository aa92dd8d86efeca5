"""Fills the disk in a burst, in folders that nobody else may list.

stopped by: a file system of the session's own; elsewhere the watch, to which no folder is closed
shows: wrote more than 16 MiB|ran longer than
"""
# %%
import os, threading

os.umask(0)


def fill(thread):
    for number in range(10**6):
        try:
            os.mkdir(f"{thread}-{number}", 0o300)
            with open(f"{thread}-{number}/file", "wb", 0) as file:
                while True:
                    file.write(bytes(1 << 20))
        except OSError:
            pass


threads = [threading.Thread(target=fill, args=[number]) for number in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
