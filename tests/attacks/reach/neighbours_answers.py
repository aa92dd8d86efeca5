"""Reads what another student's session has written in its folder.

stopped by: Landlock: each session has a folder of its own; so do file permissions
without walls: works
"""
# %%
import os

for path in (NEIGHBOURS_FOLDER + "/answers", f"/proc/{NEIGHBOUR}/cwd/answers"):
    try:
        print(os.listdir(os.path.dirname(path)), open(path).read())
    except OSError as error:
        print(error)
