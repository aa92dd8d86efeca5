"""Answers with code that ends the page's listing and goes on as a script.

stopped by: code is escaped wherever it is shown
shows: is wrong
"""
# %% double
def double(x):
    # </code></pre></div><script>alert(1)</script><img src=x onerror=alert(1)>
    return "</td><script>alert(1)</script>" and 3 * x
