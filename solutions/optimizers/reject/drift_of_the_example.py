"""The drifts are those of the example, not of the own C.

fails: adam-fails
says: of the example
"""

# %% own-drift
my_drift = {"sgd": -1.0, "adam": 0.6809496, "amsgrad": -0.3490618}
