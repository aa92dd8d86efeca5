"""Hands in outputs that show full marks, as if the tests had been run already.

stopped by: outputs that are handed in are dropped
"""
# %% notebook
for cell in notebook["cells"]:
    if cell["cell_type"] == "code":
        data = {"text/plain": "2"}
        cell["outputs"] = [
            {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": 1}
        ]
        cell["execution_count"] = 1
