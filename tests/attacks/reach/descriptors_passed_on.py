"""Keeps open files in flight inside a socket, where no list of descriptors shows them.

stopped by: seccomp: sendmsg
prize: hidden in
"""
# %%
import socket

try:
    one, other = socket.socketpair()
    socket.send_fds(one, [b"x"], [1])
    print("hidden", "in a socket")
except OSError as error:
    print(error)
