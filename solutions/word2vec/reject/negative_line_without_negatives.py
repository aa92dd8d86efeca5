"""dl_dv has the true pair only: the centre's vector moves every score of a negative, too.

fails: negative
says: dl_dv
"""

# %% negative-lines
negative_lines = {
    "dl_ds": "sigmoid(s) - 1",
    "dl_dr": "sigmoid(r)",
    "dl_dv": "dl_ds*u",
    "dl_du": "dl_ds*v",
    "dl_dN": "outer(dl_dr, v)",
}
