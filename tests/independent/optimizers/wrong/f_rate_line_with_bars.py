"""Writes the line with abs(), as in the formula for ρ: equal while eta*a < 1, but the derivative is negative when a step overshoots (eta*a > 1).

task: learning-rate
"""

# %% learning-rate-lines
learning_rate_lines = {"dx1_dx": "", "dx3_dx": ""}
learning_rate_lines["dx1_dx"] = "abs(1 - eta*a)"
learning_rate_lines["dx3_dx"] = "dx1_dx*dx1_dx*dx1_dx"
