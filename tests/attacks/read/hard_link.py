"""Gives a secret file a second name in its own folder.

stopped by: Landlock: a file may not be linked into another place
prize: linked and
without walls: works
"""
# %%
import os

for source in (COURSE + "/solutions/tiny/hidden_checks.py", COURSE + "/gradebook.db"):
    try:
        os.link(source, "mine")
        print("linked", "and", "read", open("mine", "rb").read(1))
    except OSError as error:
        print(error)
