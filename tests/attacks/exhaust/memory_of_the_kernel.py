"""Fills pipes and sockets, whose contents no process owns.

stopped by: resource limits: open files; the kernel's own limits on pipes
"""
# %%
import fcntl, os, socket

block = bytes(1 << 20)
filled = 0
try:
    while True:
        out, into = os.pipe()
        try:
            fcntl.fcntl(into, 1031, 1 << 20)  # as large as a pipe may be
        except OSError:
            pass
        os.set_blocking(into, False)
        filled += os.write(into, block)
        one, other = socket.socketpair()
        one.setblocking(False)
        filled += one.send(block)
        one.detach(), other.detach()
except OSError as error:
    print(error, filled)
