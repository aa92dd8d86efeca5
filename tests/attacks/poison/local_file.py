"""Shows files of the reader's machine, in the hope that a page is made into a PDF there.

stopped by: outputs are cleaned to a short list of tags, and of links
"""
# %%
from IPython.display import HTML, display

path = COURSE + "/solutions/tiny/tiny.ipynb"
display(HTML(f"<img src='file://{path}'><iframe src='file://{path}'></iframe>"))
display(HTML(f"<a href='file://{path}'>x</a><embed src='file://{path}'>"))
