"""Moves a secret file into its own folder, or changes places with it.

stopped by: Landlock: a file may not be moved across its borders
prize: moved in
"""
# %%
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
open("bait", "w").write("x")
source = COURSE + "/solutions/tiny/hidden_checks.py"
for flags in (0, 1, 2):  # plain, without replacing, exchange
    if libc.syscall(316, -100, source.encode(), -100, b"bait", flags) == 0:
        print("moved", "in")
try:
    os.rename(COURSE + "/submitted", "theirs")
    print("moved", "in")
except OSError as error:
    print(error)
