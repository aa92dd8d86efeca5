"""Puts up a Landlock of its own that allows everything.

stopped by: Landlock: a further set of rules can only take away
without walls: works
"""
# %%
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
handled = ctypes.create_string_buffer((1 << 2).to_bytes(8, "little"), 8)
rules = libc.syscall(444, handled, 8, 0)
libc.prctl(38, 1, 0, 0, 0)
root = os.open("/", os.O_PATH)
rule = ctypes.create_string_buffer((1 << 2).to_bytes(8, "little") + root.to_bytes(4, "little"), 12)
print(libc.syscall(445, rules, 1, rule, 0), libc.syscall(446, rules, 0))
try:
    print(open(COURSE + "/solutions/tiny/hidden_checks.py").read())
except OSError as error:
    print(error)
