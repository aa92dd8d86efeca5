"""Reads which networks and connections the machine has.

stopped by: bubblewrap: a network of its own; Landlock: of its own entries in /proc not net and task
prize: in the host's network
without walls: works
"""
# %%
import os

for folder in ("/proc/net", "/proc/self/net", f"/proc/self/task/{os.getpid()}/net"):
    for file in ("route", "arp", "tcp", "dev"):
        try:
            lines = open(f"{folder}/{file}").read().splitlines()
        except OSError as error:
            print(error.strerror)
            continue
        if any(line.strip() and "lo:" not in line for line in lines[2 if file == "dev" else 1 :]):
            print("in", "the host's network", file)
