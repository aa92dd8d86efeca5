"""dl_dv is the gradient of log P, as in the notes: the loss is −log P and has the opposite sign.

fails: softmax
says: dl_dv
"""

# %% softmax-lines
softmax_lines = {
    "db_dv": "t @ U",
    "da_dz": "p",
    "da_dv": "p @ U",
    "dl_dv": "db_dv - da_dv",
    "dl_dz": "p - t",
    "dl_dU": "outer(dl_dz, v)",
}
