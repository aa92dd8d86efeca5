"""Shows HTML of a hundred thousand tags, none of which is closed.

stopped by: HTML of too many tags or letters is left out
"""
# %%
from IPython.display import HTML, display

display(HTML("<b>" * 30_000))
display(HTML("".join(f"<b x{number}=1>" for number in range(8_000))))
