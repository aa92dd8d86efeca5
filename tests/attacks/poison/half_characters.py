"""Hands in, prints, raises and answers halves of characters, which no file can hold.

stopped by: texts are made sound when read; the grader refuses answers that are not
shows: ^TRIED
"""
# %%
print("TRIED")
print("\ud800", "\udfff" * 10)
raise ValueError("\udc80")

# %% double
def double(x):
    return "\ud800"

# %% markdown
# My answer

# %% notebook
import json

for cell in notebook["cells"]:
    if cell["source"] == "My answer":
        cell["source"] += " \ud800"
content = json.dumps(notebook)
