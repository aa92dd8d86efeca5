"""Attaches a page and a picture with a script to a Markdown cell.

stopped by: attachments are shown by no tag that is let through
"""
# %% markdown
# ![x](attachment:page.html) ![x](attachment:"onerror="alert(1))

# %% notebook
import base64

for cell in notebook["cells"]:
    if "attachment:page" in "".join(cell["source"]):
        page = base64.b64encode(b"<script>alert(1)</script>").decode()
        cell["attachments"] = {
            "page.html": {"text/html": page},
            "../../x<script>.svg": {"image/svg+xml": page},
        }
