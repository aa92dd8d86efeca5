"""AMSGrad's maximum taken from the first round, (1-β2)C², instead of the slightly larger one after many rounds: off by a per cent or less.

task: adam-fails
"""

# %% own-drift
C = my_game["C"]
beta2 = 1 / (1 + C**2)
my_drift = {"sgd": 2 - C, "adam": None, "amsgrad": None}
v = 0.0
for _ in range(50):
    sizes = []
    for g in (C, -1.0, -1.0):
        v = beta2 * v + (1 - beta2) * g * g
        sizes.append(v**0.5)
my_drift["adam"] = -C / sizes[0] + 1 / sizes[1] + 1 / sizes[2]
my_drift["amsgrad"] = (2 - C) / np.sqrt((1 - beta2) * C**2)
