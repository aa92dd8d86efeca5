"""Shows links that are scripts, in many spellings.

stopped by: outputs are cleaned of links
"""
# %%
from IPython.display import HTML, display

for address in ("javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)",
                "java&#10;script:alert(1)", "\x01javascript:alert(1)", "vbscript:x",
                "data:text/html,<script>alert(1)</script>"):
    display(HTML(f'<a href="{address}">your score</a>'))
