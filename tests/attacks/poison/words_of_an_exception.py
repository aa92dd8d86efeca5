"""Fails with a message, and a class, that are a script.

stopped by: messages are escaped wherever they are shown
shows: raised <img src=x onerror=alert\(1\)>
"""
# %%
print("TRIED")
raise type("<script>alert(1)</script>", (Exception,), {})("<svg onload=alert(1)>")

# %% double
def double(x):
    raise type("<img src=x onerror=alert(1)>", (Exception,), {})("</td><script>alert(1)</script>")
