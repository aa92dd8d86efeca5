"""Asks for size and time of files that it may not open, by paths it has guessed.

stopped by: bubblewrap: they are not there; below it, only permissions of the folders above
prize: exists since
without walls: works
at landlock: may work
"""
# %%
import os

for path in ("/solutions/tiny/hidden_checks.py", "/submitted/ada", "/reports/tiny/ada.json"):
    try:
        found = os.stat(COURSE + path)
        print(path, "exists", "since", found.st_mtime, found.st_size)
    except OSError as error:
        print(error)
