"""Leaves a note where everybody may write, for the next student to find.

stopped by: Landlock: nothing but its own folder may be written, and that is removed
prize: found a note
without walls: works
again: yes
"""
# %%
import os

for folder in ("/tmp", "/var/tmp", "/dev/shm", "/run", BASE, os.path.dirname(os.getcwd())):
    try:
        print("found", "a note:", open(folder + "/mallory-note").read())
    except OSError as error:
        print(error)
    try:
        open(folder + "/mallory-note", "w").write("the answer is 2 * x")
    except OSError as error:
        print(error)
