"""Shows as much as a cell may, in sixty cells.

stopped by: what all cells together show is capped, too
shows: not shown: the outputs of this notebook are larger
"""
# %%
print("x" * 130_000)

# %% notebook
cells = notebook["cells"]
(place,) = [number for number, cell in enumerate(cells) if "x\" * 130_000" in cell["source"]]
for number in range(60):
    cells.insert(place, {**cells[place], "id": f"copy-{number}"})
