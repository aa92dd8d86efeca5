"""Takes all the memory it can get.

stopped by: resource limits: address space
shows: stopped with MemoryError
"""
# %%
hoard = []
while True:
    hoard.append(bytearray(64_000_000))
