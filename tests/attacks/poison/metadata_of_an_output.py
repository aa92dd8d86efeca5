"""Asks by an output's metadata to be shown in a frame of its own, unfiltered.

stopped by: outputs' metadata is dropped
"""
# %%
from IPython.display import HTML, display

display(HTML("<b onclick=alert(1)>x</b>"), metadata={"text/html": {"isolated": True}})
