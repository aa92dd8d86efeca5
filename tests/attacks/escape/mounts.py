"""Mounts something over what it may read, by the old calls and the new.

stopped by: seccomp: mount, umount, pivot_root, open_tree, fsopen, move_mount
prize: mounted by
"""
# %%
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
os.mkdir("here")
for name, number, arguments in (
    ("mount", 165, (b"none", b"here", b"tmpfs", 0, None)),
    ("bind", 165, (b"/", b"here", None, 4096, None)),
    ("umount", 166, (b"/proc", 2)),
    ("pivot_root", 155, (b"here", b"here")),
    ("open_tree", 428, (-100, b"/", 1)),
    ("fsopen", 430, (b"tmpfs", 0)),
    ("move_mount", 429, (-100, b"here", -100, b"here", 0)),
):
    if libc.syscall(number, *arguments) >= 0:
        print("mounted", "by", name)
    print(os.strerror(ctypes.get_errno()))
