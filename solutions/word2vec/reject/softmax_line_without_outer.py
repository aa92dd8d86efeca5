"""dl_dU is a sum or a product of numbers, not an outer product: every row of U has its own
gradient.

fails: softmax
says: dl_dU
"""

# %% softmax-lines
softmax_lines = {
    "db_dv": "t @ U",
    "da_dz": "p",
    "da_dv": "p @ U",
    "dl_dv": "da_dv - db_dv",
    "dl_dz": "p - t",
    "dl_dU": "dot(t, dl_dz)*v",
}
