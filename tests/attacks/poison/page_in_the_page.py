"""Shows frames, objects and forms that hold another page, and sends whoever reads this one to it.

stopped by: outputs are cleaned to a short list of tags
"""
# %%
from IPython.display import HTML, IFrame, display

display(IFrame("https://example.org", 100, 100))
display(HTML("<iframe srcdoc='<script>alert(1)</script>'></iframe><object data=x></object>"))
display(HTML("<form action=//example.org><input name=password><button>log in</button></form>"))
display(HTML("<meta http-equiv=refresh content='0;url=//example.org'><base href=//example.org>"))
