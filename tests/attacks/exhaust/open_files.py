"""Opens files until there are no descriptors left.

stopped by: resource limits: open files
shows: Too many open files
"""
# %%
hoard = []
while True:
    hoard.append(open("/dev/null"))
