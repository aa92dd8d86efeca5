"""Hands in under a name that is a script.

stopped by: names are escaped in pages; a class with such a name is not marked at all
student: <script>alert(1)</script><img src=x onerror=alert(1)>
"""
# %%
"nothing but a name"
