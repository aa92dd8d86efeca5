"""Asks for more of the machine than others get: priority, real time, all processors.

stopped by: seccomp: setpriority, sched_*, ioprio_set
prize: goes before
without walls: works for root
"""
# %%
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
for ask in (
    lambda: os.setpriority(os.PRIO_PROCESS, 0, -20),
    lambda: os.nice(-5),
    lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)),
):
    try:
        ask()
        print("goes", "before others")
    except OSError as error:
        print(error)
if libc.syscall(251, 1, 0, 1 << 13) == 0:  # ioprio_set, real time
    print("goes", "before others at the disk")
