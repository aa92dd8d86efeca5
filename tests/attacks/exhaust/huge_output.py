"""Shows a picture, and a text, of hundreds of megabytes.

stopped by: what a cell shows is capped in the session
shows: output truncated|MemoryError|ran longer than
"""
# %%
from IPython.display import display

display({"image/png": b"\x89PNG\r\n\x1a\n" + bytes(100_000_000)}, raw=True)
display({"text/html": "<b>" * 60_000_000}, raw=True)
