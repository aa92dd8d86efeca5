"""The network computes 1 where both inputs are alike, and 0 where they differ.

fails: xor-weights
says: 0 and 1 are exchanged
tells: 0 and 1 are exchanged: it is 1 where both inputs are alike.
"""

# %% xor-weights
my_xor = {"W1": None, "b1": None, "W2": None, "b2": None}
lows = np.array([corners["low_1"], corners["low_2"]])
k = 1 / (np.array([corners["high_1"], corners["high_2"]]) - lows)
my_xor["W1"] = np.column_stack([k, -k])
my_xor["b1"] = np.array([-k @ lows - 1.5, k @ lows + 0.5])
my_xor["W2"] = np.array([2.0, 2.0])
my_xor["b2"] = 0.0
