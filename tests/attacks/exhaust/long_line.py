"""Answers with a line so long that searching it for a name takes for ever.

stopped by: lines are searched word by word, in linear time
shows: stopped with ValueError
"""
# %% double
raise ValueError  # double double double double double double double double double double double

# %% notebook
for cell in notebook["cells"]:
    if cell["metadata"].get("nbgrader", {}).get("grade_id") == "double":
        cell["source"] += " double" * 100_000
