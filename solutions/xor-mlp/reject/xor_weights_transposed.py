"""W1 is the matrix of the exercise: here its transpose is meant, the columns are the units.

fails: xor-weights
says: wrong
tells: W1 seems to be transposed: its columns are the units.
"""

# %% xor-weights
my_xor = {"W1": None, "b1": None, "W2": None, "b2": None}
lows = np.array([corners["low_1"], corners["low_2"]])
k = 1 / (np.array([corners["high_1"], corners["high_2"]]) - lows)
my_xor["W1"] = np.array([k, -k])
my_xor["b1"] = np.array([-k @ lows - 1.5, k @ lows + 0.5])
my_xor["W2"] = np.array([-2.0, -2.0])
my_xor["b2"] = 1.0
