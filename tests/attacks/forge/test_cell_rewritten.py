"""Writes the score into the test cell.

stopped by: test cells are put back as they were released, and are not run
shows: was changed; we put the original back
"""
# %% notebook
for cell in notebook["cells"]:
    if cell["metadata"].get("nbgrader", {}).get("grade_id") == "check-double":
        cell["source"] = "2.0"
