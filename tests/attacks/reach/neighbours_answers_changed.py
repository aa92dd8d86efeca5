"""Overwrites, removes and adds files in another student's folder.

stopped by: Landlock: each session has a folder of its own; so do file permissions
prize: changed theirs
without walls: works
"""
# %%
import os

os.chmod(NEIGHBOURS_FOLDER, 0o777) if os.access(NEIGHBOURS_FOLDER, os.W_OK) else None
for change in (
    lambda: open(NEIGHBOURS_FOLDER + "/answers", "w").write("nonsense"),
    lambda: open(NEIGHBOURS_FOLDER + "/numpy.py", "w").write("raise SystemExit"),
    lambda: os.truncate(NEIGHBOURS_FOLDER + "/answers", 0),
    lambda: os.rename(NEIGHBOURS_FOLDER, NEIGHBOURS_FOLDER + "-gone"),
):
    try:
        change()
        print("changed", "theirs")
    except OSError as error:
        print(error)
