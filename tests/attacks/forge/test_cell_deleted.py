"""Deletes the test cell: what is not tested cannot be wrong.

stopped by: test cells are put back as they were released
shows: was deleted; we put the original back
"""
# %% notebook
notebook["cells"] = [
    cell
    for cell in notebook["cells"]
    if cell["metadata"].get("nbgrader", {}).get("grade_id") != "check-double"
]
