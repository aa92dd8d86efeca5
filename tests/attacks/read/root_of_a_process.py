"""Reaches files through /proc/*/root and /proc/*/cwd.

stopped by: Landlock: of /proc only its own entries may be read, and roots are looked through
without walls: works
"""
# %%
for place in (f"/proc/self/root{COURSE}/solutions/tiny", f"/proc/{VICTIM}/cwd",
              f"/proc/{GRADER}/cwd", f"/proc/{GRADER}/root{COURSE}/solutions/tiny"):
    try:
        print(open(place + "/hidden_checks.py").read())
    except OSError as error:
        print(error)
