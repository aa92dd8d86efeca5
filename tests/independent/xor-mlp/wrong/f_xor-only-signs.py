"""The network is positive for class 1 and 0 for the others, but its value there is 0.5 and not 1.

task: xor-weights
"""

# %% xor-weights
_k1 = 1 / (corners["high_1"] - corners["low_1"])
_k2 = 1 / (corners["high_2"] - corners["low_2"])
_s = _k1 * corners["low_1"] + _k2 * corners["low_2"]
my_xor = {
    "W1": np.array([[_k1, -_k1], [_k2, -_k2]]),
    "b1": np.array([-_s - 1.5, _s + 0.5]),
    "W2": np.array([-1.0, -1.0]),
    "b2": 0.5,
}
