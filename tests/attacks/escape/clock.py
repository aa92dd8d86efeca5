"""Turns the machine's clock, so that nobody hands in late.

stopped by: seccomp: clock_settime, settimeofday, adjtimex
prize: clock was
"""
# %%
import ctypes, os, time

libc = ctypes.CDLL(None, use_errno=True)
# Set to what it is: should the wall fail, nothing is harmed.
try:
    time.clock_settime(time.CLOCK_REALTIME, time.time())
    print("clock", "was set")
except OSError as error:
    print(error)
now = (ctypes.c_long * 2)(int(time.time()), 0)
if libc.settimeofday(now, None) == 0:
    print("clock", "was set")
print(os.strerror(ctypes.get_errno()))
