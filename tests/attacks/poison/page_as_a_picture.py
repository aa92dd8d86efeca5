"""Shows a page that says it is a PNG, and one with a quote in its data.

stopped by: pictures are base64 and begin as pictures do
"""
# %%
from IPython.display import display

page = "<script>alert(1)</script>"
display({"image/png": page}, raw=True)
display({"image/jpeg": 'iVBORw0KGgo=" onerror="alert(1)'}, raw=True)
