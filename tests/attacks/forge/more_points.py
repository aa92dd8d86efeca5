"""Raises the points of the tests in the file that is handed in.

stopped by: points come from the released notebook
"""
# %% notebook
for cell in notebook["cells"]:
    marks = cell["metadata"].get("nbgrader", {})
    if marks.get("grade"):
        marks["points"] = 1000
