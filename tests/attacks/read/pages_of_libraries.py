"""Asks which pages of a library the kernel keeps in memory, and how much room a disk has: both tell
what another session has touched or written.

stopped by: seccomp: nobody is told by the kernel; what a read takes by the clock remains
prize: told by the kernel
without walls: works
"""
# %%
import ctypes, os

import numpy

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
file = os.open(numpy.__file__, os.O_RDONLY)
os.pread(file, 1, 0)


def attempt(ask):
    try:
        print(*(["told", "by the kernel"] if ask() else [os.strerror(ctypes.get_errno())]))
    except OSError as error:
        print(error)


def in_memory():
    size = ctypes.c_size_t(4096)
    page, kept = libc.mmap(None, size, 1, 2, file, ctypes.c_long(0)), (ctypes.c_ubyte * 1)()
    return libc.mincore(ctypes.c_void_p(page), size, kept) == 0


def counted():
    span, counts = (ctypes.c_ulong * 2)(0, 4096), (ctypes.c_ulong * 5)()
    return libc.syscall(451, file, span, counts, 0) == 0


attempt(in_memory)
attempt(counted)
attempt(lambda: os.preadv(file, [bytearray(1)], 0, os.RWF_NOWAIT))
attempt(lambda: os.statvfs(numpy.__file__).f_bfree)
