"""takes the number of biases for a flag: 2 or none

task: counts
"""

# %% counts
def parameter_count(cell, d_x, d_h, biases=1):
    blocks = {"rnn": 1, "gru": 3, "lstm": 4}[cell]
    n = d_h * (d_h + d_x) + d_h
    if biases > 1:
        n += d_h
    return blocks * n
