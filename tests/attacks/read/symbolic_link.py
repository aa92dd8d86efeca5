"""Makes links to secrets in its own folder, and reads through them.

stopped by: Landlock looks at the file, not at the way to it
without walls: works
"""
# %%
import os

os.symlink(COURSE, "course")
os.symlink("/", "root")
for path in ("course/solutions/tiny/hidden_checks.py", "root" + COURSE + "/reports/tiny/ada.json"):
    try:
        print(open(path).read())
    except OSError as error:
        print(error)
