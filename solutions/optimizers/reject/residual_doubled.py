"""The ½ of R is forgotten: a factor 2 stays.

fails: minimum-norm
says: dR_dr
"""

# %% minimum-norm-lines
minimum_norm_lines = {"dR_dr": "", "dR_dx": ""}
minimum_norm_lines["dR_dr"] = "2*r"
minimum_norm_lines["dR_dx"] = "A.T @ r"
