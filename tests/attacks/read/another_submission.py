"""Lists who has handed in, and opens another student's notebook.

stopped by: Landlock: nothing of the course may be listed or read
without walls: works
"""
# %%
import os

for student in ("ada", "grace"):
    try:
        print(os.listdir(COURSE + "/submitted"))
        print(open(f"{COURSE}/submitted/{student}/tiny/tiny.ipynb").read())
    except OSError as error:
        print(error)
