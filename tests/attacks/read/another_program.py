"""Lets other programs read for it: cat, and a shell.

stopped by: walls are inherited by every program that is started
without walls: works
"""
# %%
import subprocess

path = COURSE + "/solutions/tiny/hidden_checks.py"
for command in (["cat", path], ["sh", "-c", f"exec < {path}; cat"], ["dd", f"if={path}"]):
    print(subprocess.run(command, capture_output=True, text=True).stdout)
!cat {path}
