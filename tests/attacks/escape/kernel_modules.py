"""Loads kernel modules, boots another kernel, reads the kernel's log.

stopped by: seccomp; capabilities
prize: the kernel let
"""
# %%
import ctypes, errno, os

libc = ctypes.CDLL(None, use_errno=True)
# Arguments that do nothing: what counts is whether permission or the argument is refused.
for name, number, arguments in (
    ("finit_module", 313, (-1, b"", 0)),
    ("delete_module", 176, (b"mallory-none", 0)),
    ("kexec_load", 246, (0, 1 << 40, None, 0)),
    ("reboot", 169, (0, 0, 0, None)),
    ("syslog", 103, (10, None, 0)),
    ("swapon", 167, (b"none", 0)),
    ("iopl", 172, (3,)),
    ("modify_ldt", 154, (1, None, 0)),
    ("personality", 135, (0x0040000,)),
):
    done = libc.syscall(number, *arguments)
    if done >= 0 or ctypes.get_errno() not in (errno.EPERM, errno.EACCES, errno.ENOSYS):
        print("the kernel", "let", name)
