"""All in one linear layer, the second of the two units without effect.

fails: xor-weights
says: wrong
tells: One of the two hidden units has no effect, so that one corner stays wrong.
"""

# %% xor-weights
my_xor = {"W1": None, "b1": None, "W2": None, "b2": None}
lows = np.array([corners["low_1"], corners["low_2"]])
k = 1 / (np.array([corners["high_1"], corners["high_2"]]) - lows)
my_xor["W1"] = np.column_stack([k, -k])
my_xor["b1"] = np.array([-k @ lows - 1.5, k @ lows + 0.5])
my_xor["W2"] = np.array([0.0, -2.0])
my_xor["b2"] = 1.0
