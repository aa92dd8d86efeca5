"""AMSGrad divides by C, the largest gradient, instead of the root of the largest v; the amsgrad number is off by per cents, the others are right.

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
my_drift["amsgrad"] = -(C - 2) / C
