"""Makes files that are empty, until the disk has no place for a name.

stopped by: the watch: number of files
shows: 20,000 files|ran longer than
"""
# %%
import os

for number in range(10**7):
    os.close(os.open(f"{number:x}", os.O_CREAT | os.O_WRONLY))
