"""Looks through every object of its interpreter for a check, a solution or a student.

stopped by: checks and solutions are in another process
prize: found a check
"""
# %%
import gc, sys

for name in sys.modules:
    if "hidden" in name and "autograder" in name:
        print("found", "a check", name)
for thing in gc.get_objects():
    code = getattr(thing, "__code__", None)
    if code is not None and "hidden_checks.py" in str(getattr(code, "co_filename", "")):
        print("found", "a check", thing)
    if isinstance(thing, dict) and isinstance(thing.get("SECRET"), str):
        print("found", "a check", thing["SECRET"])
