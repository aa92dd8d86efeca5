"""Digs folders so deep that their path is too long to be removed by it.

stopped by: the watch: nobody digs that deep; what is left is removed folder by folder
shows: 20,000 files|TRIED|ran longer than
"""
# %%
import os

try:
    for _ in range(300):
        os.mkdir("d" * 250)
        os.chdir("d" * 250)
except OSError as error:
    print(error)
print("TRIED")
