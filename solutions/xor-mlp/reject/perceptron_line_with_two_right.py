"""The line gets only two of XOR's four points right.

fails: perceptron
says: gets 2 of
tells: The line gets two of XOR's four points right; three are possible.
"""

# %% best-line
best_line = {"w": [1.0, 0.0], "b": -0.5}
