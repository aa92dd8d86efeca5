"""Sets metadata that hides, collapses or runs cells, and a title that is a script.

stopped by: metadata of the file and of added cells is dropped, that of others is as released
"""
# %%
"a cell of its own"

# %% notebook
notebook["metadata"]["title"] = "</title><script>alert(1)</script>"
notebook["metadata"]["authors"] = [{"name": "<script>alert(1)</script>"}]
for cell in notebook["cells"]:
    cell["metadata"].update(
        {"tags": ["remove_input"], "collapsed": True, "jupyter": {"source_hidden": True},
         "slideshow": {"slide_type": "skip"}, "deletable": True, "trusted": True}
    )
