"""The first line is the curvature ηa that is taken off, not what is left.

fails: learning-rate
says: dx1_dx
"""

# %% learning-rate-lines
learning_rate_lines = {"dx1_dx": "", "dx3_dx": ""}
learning_rate_lines["dx1_dx"] = "-eta*a"
learning_rate_lines["dx3_dx"] = "(1 - eta*a)**3"
