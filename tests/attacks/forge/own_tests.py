"""Adds test cells of its own, worth a hundred points each.

stopped by: tasks come from the released notebook
shows: ^TRIED$
"""
# %%
print("TRIED")
100.0

# %% notebook
for number, cell in enumerate(notebook["cells"]):
    if cell["source"].startswith("print("):
        marks = {"grade": True, "points": 100, "solution": False, "locked": False}
        cell["metadata"]["nbgrader"] = {
            **marks, "grade_id": f"bonus-{number}", "schema_version": 3, "task": False,
        }
