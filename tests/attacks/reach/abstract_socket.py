"""Talks to other processes by sockets that have a name but no file.

stopped by: seccomp: sockets; Landlock: abstract sockets stay inside
without walls: works
"""
# %%
import socket

try:
    with socket.socket(socket.AF_UNIX) as unix:
        unix.connect(f"\0autograder-victim-{VICTIM}")
        print(unix.recv(100))
except OSError as error:
    print(error)
try:
    server = socket.socket(socket.AF_UNIX)
    server.bind("\0mallory")
    server.listen()
except OSError as error:
    print(error)
