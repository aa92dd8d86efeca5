"""W1 is written as in the exercise, a row for each hidden unit, although data lie in rows here and W1 is (2, H).

task: xor-weights
"""

# %% xor-weights
_k1 = 1 / (corners["high_1"] - corners["low_1"])
_k2 = 1 / (corners["high_2"] - corners["low_2"])
_s = _k1 * corners["low_1"] + _k2 * corners["low_2"]
my_xor = {
    "W1": np.array([[_k1, _k2], [-_k1, -_k2]]),
    "b1": np.array([-_s - 1.5, _s + 0.5]),
    "W2": np.array([-2.0, -2.0]),
    "b2": 1.0,
}
