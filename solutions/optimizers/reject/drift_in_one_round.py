"""These are the drifts in one round on average, not in three.

fails: adam-fails
says: in one round
"""

# %% own-drift
my_drift = {"sgd": None, "adam": None, "amsgrad": None}
C = my_game["C"]
forget = 1 / (1 + C**2)
# v right after the large gradient, where three rounds lead back to it; then one and two later.
large = (1 - forget) * (C**2 + forget + forget**2) / (1 - forget**3)
small = forget * large + 1 - forget
smaller = forget * small + 1 - forget
my_drift["sgd"] = 2 - C
my_drift["adam"] = float(1 / np.sqrt(small) + 1 / np.sqrt(smaller) - C / np.sqrt(large))
my_drift["amsgrad"] = float((2 - C) / np.sqrt(large))
my_drift = {name: value / 3 for name, value in my_drift.items()}
