"""line dl_ds is written as a*(V @ (g - o)), which subtracts V @ o in place of the scalar product of g and o

task: backward
"""

# %% backward-lines
backward_lines = {
    "dl_da": "V @ g",
    "dl_dV": "outer(a, g)",
    "dl_ds": "a*(V @ (g - o))",
    "dl_dq": "K.T @ dl_ds/sqrt(d)",
    "dl_dK": "outer(dl_ds, q)/sqrt(d)",
}
