"""line dl_dK divides by d instead of its root; the other four lines are right

task: backward
"""

# %% backward-lines
backward_lines = {
    "dl_da": "V @ g",
    "dl_dV": "outer(a, g)",
    "dl_ds": "a*(dl_da - dot(a, dl_da))",
    "dl_dq": "K.T @ dl_ds/sqrt(d)",
    "dl_dK": "outer(dl_ds, q)/d",
}
