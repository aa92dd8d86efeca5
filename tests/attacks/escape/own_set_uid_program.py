"""Makes a copy of the shell in its folder that is set-uid, and gives it to root.

stopped by: no_new_privs; capabilities: files cannot be given away
prize: given to root|euid=0
"""
# %%
import os, shutil, subprocess

shutil.copy("/bin/sh", "shell")
for change in (lambda: os.chown("shell", 0, 0), lambda: os.chmod("shell", 0o6755)):
    try:
        change()
    except OSError as error:
        print(error)
if os.getuid() != 0 and os.stat("shell").st_uid == 0:
    print("given", "to root")
print(subprocess.run(["./shell", "-p", "-c", "id -u"], capture_output=True).returncode)
