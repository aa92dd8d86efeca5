"""Locks a library's file to tell the next session something, by each of the ways there are.

stopped by: seccomp: locks do nothing, and nobody may ask for them
again: yes
prize: told by a lock
without walls: works
"""
# %%
import fcntl, os, struct

import numpy

try:
    file = os.open(numpy.__file__, os.O_RDONLY)
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    other = os.open(numpy.__file__, os.O_RDONLY)
    fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
except BlockingIOError:
    print("told", "by a lock")
except OSError as error:
    print(error)
for command in (5, 36):
    try:
        asked = struct.pack("hhqqi4x", fcntl.F_RDLCK, 0, 0, 0, 0)
        if struct.unpack("hhqqi4x", fcntl.fcntl(file, command, asked))[0] != fcntl.F_UNLCK:
            print("told", "by a lock")
    except OSError as error:
        print(error)
