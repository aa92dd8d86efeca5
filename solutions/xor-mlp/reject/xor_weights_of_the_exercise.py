"""These are weights for corners at 0 and 1, not for your own corners.

fails: xor-weights
says: corners at 0 and 1
tells: These are weights for corners at 0 and 1, not for your own corners.
"""

# %% xor-weights
my_xor = {
    "W1": np.array([[1.0, -1.0], [1.0, -1.0]]),
    "b1": np.array([-1.5, 0.5]),
    "W2": np.array([-2.0, -2.0]),
    "b2": 1.0,
}
