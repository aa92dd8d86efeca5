"""biases=0 is taken for 'not given' and counted as one bias per row.

task: counts
"""

# %% counts
def parameter_count(cell, d_x, d_h, biases=1):
    biases = biases or 1
    rows = {"rnn": 1, "gru": 3, "lstm": 4}[cell] * d_h
    return rows * (d_h + d_x) + rows * biases
