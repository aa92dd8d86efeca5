"""Three units u1, u2 and ReLU(u1 + u2 - 1), f = u1 + u2 - 2·ReLU(...), where the biases are chosen so that the first two are always on or at their bend.

task: xor-weights
"""

# %% xor-weights
_u, _v = (corners[f"high_{i}"] - corners[f"low_{i}"] for i in "12")
my_xor = {
    "W1": np.array([[1 / _u, 0, 1 / _u], [0, 1 / _v, 1 / _v]]),
    "b1": np.array([
        1 - corners["low_1"] / _u,
        1 - corners["low_2"] / _v,
        -1 - corners["low_1"] / _u - corners["low_2"] / _v,
    ]),
    "W2": np.array([1.0, 1.0, -2.0]),
    "b2": np.float64(-2.0),
}
