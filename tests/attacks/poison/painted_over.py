"""Covers the page, and the score on it, with a picture of its own.

stopped by: outputs are cleaned of styles
"""
# %%
from IPython.display import HTML, display

display(HTML("<div style='position:fixed;inset:0;background:white;z-index:9999'>5 of 5</div>"))
display(HTML("<style>.score{visibility:hidden} .score:after{content:'5 of 5'}</style>"))
