"""In the line through the softmax the mean under the weights is missing.

fails: backward
says: dl_ds
"""

# %% backward-lines
backward_lines = {"dl_da": "", "dl_dV": "", "dl_ds": "", "dl_dq": "", "dl_dK": ""}
backward_lines["dl_da"] = "V @ g"
backward_lines["dl_dV"] = "outer(a, g)"
backward_lines["dl_ds"] = "a*dl_da"
backward_lines["dl_dq"] = "dl_ds @ K/sqrt(d)"
backward_lines["dl_dK"] = "outer(dl_ds, q)/sqrt(d)"
