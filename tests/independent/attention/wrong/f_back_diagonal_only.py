"""line dl_ds uses only the diagonal a(1-a) of the softmax's Jacobian and drops the coupling of the weights

task: backward
"""

# %% backward-lines
backward_lines = {
    "dl_da": "V @ g",
    "dl_dV": "outer(a, g)",
    "dl_ds": "a*(1 - a)*dl_da",
    "dl_dq": "K.T @ dl_ds/sqrt(d)",
    "dl_dK": "outer(dl_ds, q)/sqrt(d)",
}
