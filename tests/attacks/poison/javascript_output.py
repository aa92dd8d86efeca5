"""Shows JavaScript as what it is, and widgets and charts that extensions turn into it.

stopped by: outputs of other types than text, HTML and pictures are left out
"""
# %%
from IPython.display import Javascript, display

display(Javascript("document.title = 'owned'"))
get_ipython().run_cell_magic("javascript", "", "alert(1)")
display({"text/javascript": "alert(1)", "application/x-javascript": "alert(1)"}, raw=True)
for kind in ("application/vnd.jupyter.widget-view+json", "application/vnd.vega.v5+json"):
    display({kind: {"model_id": "1", "spec": "<script>alert(1)</script>"}}, raw=True)
