"""Opens the hidden checks by their path.

stopped by: Landlock: nothing of the course may be read
without walls: works
"""
# %%
try:
    print(open(COURSE + "/solutions/tiny/hidden_checks.py").read())
except OSError as error:
    print(error)
