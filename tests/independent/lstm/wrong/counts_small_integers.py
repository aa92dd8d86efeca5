"""32-bit integers overflow for large networks

task: counts
"""

# %% counts
def parameter_count(cell, d_x, d_h, biases=1):
    blocks = {"rnn": 1, "gru": 3, "lstm": 4}[cell]
    sizes = np.array([d_h, d_x, biases], dtype=np.int32)
    return int(np.int32(blocks) * np.int32(d_h) * sizes.sum(dtype=np.int32))
