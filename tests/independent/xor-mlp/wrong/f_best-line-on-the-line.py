"""The two points (0, 1) and (1, 0) lie exactly on the line, which z > 0 puts into class 0, so that only one point is right and not three.

task: perceptron
"""

# %% best-line
best_line = {"w": np.array([-1.0, -1.0]), "b": 1.0}
