"""Shows JavaScript as what it is.

stopped by: outputs of other types than text, HTML and pictures are left out
"""
# %%
from IPython.display import Javascript, display

display(Javascript("document.title = 'owned'"))
get_ipython().run_cell_magic("javascript", "", "alert(1)")
display({"text/javascript": "alert(1)", "application/x-javascript": "alert(1)"}, raw=True)
