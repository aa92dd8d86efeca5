"""Three steps multiply the factors, they do not add them.

fails: learning-rate
says: dx3_dx
"""

# %% learning-rate-lines
learning_rate_lines = {"dx1_dx": "", "dx3_dx": ""}
learning_rate_lines["dx1_dx"] = "1 - eta*a"
learning_rate_lines["dx3_dx"] = "3*dx1_dx"
