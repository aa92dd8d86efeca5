"""Reads what programs were started with, which often holds a password.

stopped by: Landlock: of /proc only its own entries may be read
without walls: works
"""
# %%
import subprocess

for process in (VICTIM, GRADER, ZYGOTE):
    try:
        print(open(f"/proc/{process}/cmdline").read())
    except OSError as error:
        print(error)
try:
    print(subprocess.run(["ps", "axeww"], capture_output=True, text=True).stdout)
except OSError as error:
    print(error)
