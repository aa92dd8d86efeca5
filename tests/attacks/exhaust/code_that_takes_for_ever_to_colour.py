"""Answers with text in which every few characters begin something for a syntax highlighter.

stopped by: long code is shown without colours
shows: is not defined|not answered|raised|is None|stopped with
"""
# %% double
def double(x):
    "\N{"

# %% notebook
for cell in notebook["cells"]:
    if cell["metadata"].get("nbgrader", {}).get("grade_id") == "double":
        cell["source"] = 'def double(x):\n    "' + r"\N{" * 100_000 + '"'
