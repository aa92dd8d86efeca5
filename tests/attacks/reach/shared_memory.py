"""Leaves shared memory with a name, as multiprocessing makes it.

stopped by: Landlock: /dev/shm may not be written
prize: found shared
without walls: works
again: yes
"""
# %%
import os

try:
    descriptor = os.open("/dev/shm/mallory", os.O_RDONLY)
    print("found", "shared", os.read(descriptor, 100))
except OSError as error:
    print(error)
try:
    from multiprocessing import resource_tracker, shared_memory

    resource_tracker.register = lambda *_: None
    block = shared_memory.SharedMemory("mallory", create=True, size=64)
    block.buf[:4] = b"2 *x"
except OSError as error:
    print(error)
