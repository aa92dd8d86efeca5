"""The candidate is forgotten: a GRU has three blocks and an LSTM four.

fails: counts
says: with one bias
tells: The candidate is forgotten: a GRU has three blocks and an LSTM four.
"""


# %% counts
def parameter_count(cell, d_x, d_h, biases=1):
    blocks = {"rnn": 1, "gru": 2, "lstm": 3}[cell]
    return blocks * d_h * (d_h + d_x + biases)
