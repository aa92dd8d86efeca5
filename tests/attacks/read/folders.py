"""Lists the machine: home folders, temporary files, processes, logs.

stopped by: Landlock: folders outside cannot be listed
prize: listed \w
without walls: works
"""
# %%
import os

for folder in ("/", "/home", "/root", "/tmp", "/var/log", "/proc", "/dev", "/sys", BASE, COURSE):
    try:
        print("listed", len(os.listdir(folder)), "in", folder)
    except OSError as error:
        print(error)
