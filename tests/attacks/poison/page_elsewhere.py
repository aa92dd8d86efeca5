"""Sends whoever reads the page to another one.

stopped by: outputs are cleaned to a short list of tags
"""
# %%
from IPython.display import HTML, display

display(HTML("<meta http-equiv=refresh content='0;url=//example.org'><base href=//example.org>"))
display(HTML("<link rel=stylesheet href=//example.org/x.css>"))
