"""Shows pictures that cannot be loaded, and says what to run then.

stopped by: outputs are cleaned of all attributes but a few
"""
# %%
from IPython.display import HTML, display

display(HTML("<img src=x onerror='alert(1)'><b onmouseover=alert(1)>here</b>"))
display(HTML("<details open ontoggle=alert(1)><input autofocus onfocus=alert(1)>"))
