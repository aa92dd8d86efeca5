"""moves only the row of the seen word in dl_dU (p_o - 1 times v), the other rows get 0

task: softmax
"""

# %% softmax-lines
softmax_lines = {
    "db_dv": "t @ U",
    "da_dz": "p",
    "da_dv": "p @ U",
    "dl_dv": "(p - t) @ U",
    "dl_dz": "p - t",
    "dl_dU": "(dot(p, t) - 1) * outer(t, v)",
}
