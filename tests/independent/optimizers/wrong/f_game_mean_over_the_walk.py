"""Divides the way of 300 rounds by their hundred groups: the first rounds, before v has settled, are in the mean and spoil the sixth digit.

task: adam-fails
"""

# %% own-drift
C = my_game["C"]
beta2 = 1 / (1 + C**2)
my_drift = {"sgd": 2 - C, "adam": None, "amsgrad": None}
v, top, adam, amsgrad = 0.0, 0.0, 0.0, 0.0
for t in range(1, 301):
    g = C if t % 3 == 1 else -1.0
    v = beta2 * v + (1 - beta2) * g**2
    top = max(top, v)
    adam -= g / np.sqrt(v)
    amsgrad -= g / np.sqrt(top)
my_drift["adam"], my_drift["amsgrad"] = adam / 100, amsgrad / 100
