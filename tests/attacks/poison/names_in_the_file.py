"""Gives cells ids and names that are scripts or paths.

stopped by: ids and names are a few letters and digits, or made anew
"""
# %% notebook
for cell, name in zip(notebook["cells"], ("../../x", "<script>alert(1)</script>", "\x1b[2J", "a" * 999)):
    cell["id"] = name
    cell["metadata"]["tags"] = ["<script>alert(1)</script>"]
    cell["metadata"]["name"] = name
