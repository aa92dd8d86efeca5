"""lets v move s only, so that the negatives are missing in dl_dv

task: negative
"""

# %% negative-lines
negative_lines = {
    "dl_ds": "sigmoid(s) - 1",
    "dl_dr": "sigmoid(r)",
    "dl_dv": "dl_ds * u",
    "dl_du": "dl_ds * v",
    "dl_dN": "outer(dl_dr, v)",
}
