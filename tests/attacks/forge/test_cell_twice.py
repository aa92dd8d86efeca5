"""Hands in a second test cell of the same name that gives the points away.

stopped by: a test cell stands once, as it was released
shows: 2 times|is in your notebook
"""
# %% notebook
import copy

for cell in list(notebook["cells"]):
    if cell["metadata"].get("nbgrader", {}).get("grade_id") == "check-double":
        other = copy.deepcopy(cell)
        other["source"], other["id"] = "2.0", "another"
        notebook["cells"].append(other)
