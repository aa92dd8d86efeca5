"""Has itself forked anew in every cell, so that all cells before are run again each time.

stopped by: a cell that ends its session is not run again
shows: ended the whole session
"""
# %%
import os

os._exit(1)

# %% notebook
cells = notebook["cells"]
(place,) = [number for number, cell in enumerate(cells) if "os._exit(1)" in cell["source"]]
for number in range(8):
    cells.insert(place, {**cells[place], "id": f"copy-{number}"})
