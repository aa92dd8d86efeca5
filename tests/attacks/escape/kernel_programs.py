"""Loads programs into the kernel: eBPF, perf events, io_uring, userfaultfd.

stopped by: seccomp
prize: the kernel runs
without walls: works for root
"""
# %%
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
attributes = ctypes.create_string_buffer(
    b"".join(number.to_bytes(4, "little") for number in (2, 4, 8, 1)) + bytes(112)
)
for name, number, arguments in (
    ("a map", 321, (0, attributes, 72)),
    ("an event", 298, (ctypes.create_string_buffer(128), 0, -1, -1, 0)),
    ("a ring", 425, (8, ctypes.create_string_buffer(120))),
    ("a fault handler", 323, (0,)),
):
    if libc.syscall(number, *arguments) >= 0:
        print("the kernel", "runs", name)
    print(os.strerror(ctypes.get_errno()))
