"""Becomes another user: root, the grader's, a neighbour's.

stopped by: capabilities: none is left
prize: became \d
"""
# %%
import os

for user in (0, 1, 65534, os.getuid() + 1):
    for become in (os.setuid, os.setgid, lambda u: os.setresuid(u, u, u)):
        try:
            if user != os.getuid():
                become(user)
                print("became", user)
        except OSError as error:
            print(error)
try:
    os.setgroups([0])
    print("became", 0)
except OSError as error:
    print(error)
