"""Runs a program from memory that has no file which a wall could look at.

stopped by: seccomp: memfd_create; walls are inherited by what is started
prize: runs from
without walls: works
"""
# %%
import os, shutil, subprocess

try:
    descriptor = os.memfd_create("program")
    with open(shutil.which("true"), "rb") as program:
        os.write(descriptor, program.read())
    path = f"/proc/self/fd/{descriptor}"
    done = subprocess.run([path], pass_fds=[descriptor])
    print("runs", "from memory", done.returncode)
except OSError as error:
    print(error)
