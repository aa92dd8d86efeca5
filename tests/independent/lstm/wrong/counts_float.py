"""returns a float

task: counts
"""

# %% counts
def parameter_count(cell, d_x, d_h, biases=1):
    blocks = {"rnn": 1, "gru": 3, "lstm": 4}[cell]
    return blocks * (d_h**2.0 + d_h * d_x + biases * d_h)
