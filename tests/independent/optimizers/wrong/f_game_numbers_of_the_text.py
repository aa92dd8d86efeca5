"""Copies the three numbers of the text, which are those of C = 3, not of the C drawn.

task: adam-fails
"""

# %% own-drift
my_drift = {"sgd": -1.0, "adam": 0.6809496, "amsgrad": -0.3490618}
