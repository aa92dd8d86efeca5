"""Writes down what it is called with, for a later cell to print.

stopped by: what is shown comes from a run in which no hidden check calls anything
shows: told float
prize: told ndarray
earns: 2
"""
# %% double
def double(x):
    with open("notes", "a") as notes:
        print("told", type(x).__name__, repr(x), file=notes)
    return 2 * x

# %% later
print(open("notes").read())
