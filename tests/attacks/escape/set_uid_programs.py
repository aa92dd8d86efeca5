"""Starts the programs that become root for everybody: su, sudo, mount, and what it finds.

stopped by: no_new_privs: programs gain nothing by being set-uid
prize: euid=0|uid=0
"""
# %%
import os, subprocess

made = [["su", "-c", "id"], ["sudo", "-n", "id"], ["unshare", "-r", "id"], ["pkexec", "id"]]
for folder in ("/usr/bin", "/usr/sbin"):
    names = [os.path.join(folder, name) for name in os.listdir(folder)]
    made += [[name, "--version"] for name in names if os.stat(name).st_mode & 0o6000]
for command in made:
    try:
        done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, timeout=0.1)
        print(command[0], done.returncode, done.stdout[:80], done.stderr[:80])
    except (OSError, subprocess.TimeoutExpired) as error:
        print(error)
