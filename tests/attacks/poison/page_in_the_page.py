"""Shows frames, objects and forms that hold or load another page.

stopped by: outputs are cleaned to a short list of tags
"""
# %%
from IPython.display import HTML, IFrame, display

display(IFrame("https://example.org", 100, 100))
display(HTML("<iframe srcdoc='<script>alert(1)</script>'></iframe><object data=x></object>"))
display(HTML("<form action=//example.org><input name=password><button>log in</button></form>"))
