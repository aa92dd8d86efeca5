"""Climbs out of the data folder, which it may read, by `..`.

stopped by: Landlock: the data folder may be read, and nothing beside it
without walls: works
"""
# %%
for climb in ("data/..", "data/../..", "data/../../.."):
    for path in ("/solutions/tiny/hidden_checks.py", "/solutions/tiny/tiny.py"):
        try:
            print(open(climb + path).read())
        except OSError as error:
            print(error)
print(open("data/numbers.txt").read())
