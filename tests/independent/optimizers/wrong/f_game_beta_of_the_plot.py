"""Takes β2 = 0.1, which belongs to C = 3, for the C drawn.

task: adam-fails
"""

# %% own-drift
C = my_game["C"]
beta2 = 0.1
my_drift = {"sgd": 2 - C, "adam": None, "amsgrad": None}
v = 0.0
for _ in range(50):
    sizes = []
    for g in (C, -1.0, -1.0):
        v = beta2 * v + (1 - beta2) * g * g
        sizes.append(v**0.5)
my_drift["adam"] = -C / sizes[0] + 1 / sizes[1] + 1 / sizes[2]
my_drift["amsgrad"] = (2 - C) / max(sizes)
