"""Watches folders that it may not list for the names of files that others open there.

stopped by: seccomp: inotify
prize: watching descriptor
without walls: works
"""
# %%
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
watch = libc.inotify_init1(os.O_NONBLOCK)
for folder in ("/tmp", os.path.dirname(os.getcwd()), COURSE, COURSE + "/submitted", "/home"):
    number = libc.inotify_add_watch(watch, folder.encode(), 0xFFF)
    print("watching" if number > 0 else os.strerror(ctypes.get_errno()), "descriptor", number)
