"""Hands in a file whose metadata has a hundred thousand keys and five thousand cells.

stopped by: files are capped in bytes, cells and depth; foreign metadata is dropped
shows: more than 5000 cells
costs: mean
"""
# %% notebook
notebook["metadata"] = {str(number): {} for number in range(3_000)}
extra = {"cell_type": "code", "source": "1", "metadata": {}, "outputs": [], "execution_count": None}
notebook["cells"] += [{**extra, "id": f"extra-{number}"} for number in range(5_000)]
