"""Rewrites the locked first cell so that `check` is its own from the start.

stopped by: locked cells are put back as they were released
shows: was changed; we put the original back
"""
# %% notebook
for cell in notebook["cells"]:
    if cell["metadata"].get("nbgrader", {}).get("grade_id") == "setup":
        cell["source"] = "import numpy as np\ncheck = lambda task: 2.0"
