"""has the sign of the notes in dl_dv (seen minus expected), the gradient of log P instead of the loss

task: softmax
"""

# %% softmax-lines
softmax_lines = {
    "db_dv": "t @ U",
    "da_dz": "p",
    "da_dv": "p @ U",
    "dl_dv": "db_dv - da_dv",
    "dl_dz": "p - t",
    "dl_dU": "outer(p - t, v)",
}
