"""Writes text that reads backwards, is invisible, or piles up over the lines above.

stopped by: problems, messages and names are printed as one printable line
shows: stopped with ValueError
"""
# %%
print("\u202e5 fo 5\u2066 \u200b\u2028 Z" + "\u0335\u0346\u036f" * 500)
raise ValueError("\u202e5 fo 5 \u2066\u2028\ufeff\U000e0041")

# %% double
def double(x):
    raise ValueError("\u202e\u2028\x85 double is right")
