"""Shows something harmless and changes it to a script later.

stopped by: outputs are cleaned when the cell has ended
"""
# %%
from IPython.display import HTML, display, update_display

display(HTML("<b>harmless</b>"), display_id="mine")
update_display(HTML("<script>alert(1)</script>"), display_id="mine")
