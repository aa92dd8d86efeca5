"""Leaves a key in the kernel's keyrings, which outlive processes.

stopped by: seccomp: add_key, request_key, keyctl
prize: found a key
again: yes
"""
# %%
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
user_keyring = -4
if libc.syscall(249, b"user", b"mallory", None, user_keyring) >= 0:
    print("found", "a key")
libc.syscall(248, b"user", b"mallory", b"2 * x", 5, user_keyring)
print(os.strerror(ctypes.get_errno()))
