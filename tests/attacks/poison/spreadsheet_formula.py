"""Fails with messages that a spreadsheet would take for formulas.

stopped by: messages begin with the cell or function they are about
shows: =HYPERLINK
"""
# %%
raise ValueError('=HYPERLINK("https://example.org","5")')

# %% double
def double(x):
    raise ValueError('@SUM(1+1)*cmd|" /C calc"!A0')
