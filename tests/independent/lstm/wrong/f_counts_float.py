"""parameter_count returns a float such as 32.0, where an int is promised.

task: counts
"""

# %% counts
def parameter_count(cell, d_x, d_h, biases=1):
    blocks = {"rnn": 1, "gru": 3, "lstm": 4}[cell]
    return blocks * (np.prod([d_h, d_h + d_x], dtype=float) + d_h * biases)
