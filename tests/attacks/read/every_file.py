"""Walks upwards from its folder and the course's, and reads every file it can list.

stopped by: Landlock: folders outside cannot be listed
without walls: works
"""
# %%
import os

for start in (COURSE, os.path.dirname(COURSE), os.path.join(os.getcwd(), ".."), "/home", "/root"):
    for folder, folders, files in os.walk(start):
        for name in files[:20]:
            try:
                print(open(os.path.join(folder, name), errors="replace").read(2000))
            except OSError:
                pass
        if folder.count("/") > start.count("/") + 3:
            folders.clear()
