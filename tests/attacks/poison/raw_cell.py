"""Hands in a raw cell that says it is HTML, which nbconvert passes on as it is.

stopped by: raw cells are cleaned as Markdown is; their metadata is dropped
"""
# %% raw
# <script>alert(1)</script>

# %% notebook
for cell in notebook["cells"]:
    if cell["cell_type"] == "raw":
        cell["metadata"] = {"raw_mimetype": "text/html", "format": "text/html"}
