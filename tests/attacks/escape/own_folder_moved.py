"""Moves its own folder away, opens it to everybody, and gives it away.

stopped by: Landlock: the folder above may not be written; it is removed whatever its permissions
prize: moved to
"""
# %%
import os

home = os.getcwd()
open("mallory", "w").write("x")
os.mkdir("closed")
for change in (
    lambda: (os.rename(home, BASE + "/kept"), print("moved", "to kept")),
    lambda: (os.rename(home, "/tmp/mallory"), print("moved", "to /tmp")),
    lambda: os.chmod(BASE, 0o777),
    lambda: os.chmod("closed", 0),
    lambda: os.chmod(home, 0),
):
    try:
        change()
    except OSError as error:
        print(error)
