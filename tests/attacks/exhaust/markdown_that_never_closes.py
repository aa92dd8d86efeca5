"""Writes Markdown in which every few characters open something.

stopped by: the Markdown parser takes linear time; files are capped in text
"""
# %% markdown
# [

# %% notebook
for cell in notebook["cells"]:
    if cell["cell_type"] == "markdown" and cell["source"] == "[":
        cell["source"] = "[" * 20_000 + "![" * 20_000 + "*a **b _" * 20_000 + "> " * 5_000 + "`" * 9_999
