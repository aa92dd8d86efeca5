"""Writes one file until the disk is full.

stopped by: resource limits: size of a file
shows: File too large|more than 16 MiB
"""
# %%
with open("large", "wb", 0) as file:
    while True:
        file.write(bytes(1 << 20))
