"""The gradient is the residual itself, without the transposed A.

fails: minimum-norm
says: dR_dx
"""

# %% minimum-norm-lines
minimum_norm_lines = {"dR_dr": "", "dR_dx": ""}
minimum_norm_lines["dR_dr"] = "r"
minimum_norm_lines["dR_dx"] = "A.T @ b"
