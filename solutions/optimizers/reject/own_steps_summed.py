"""The gradient of the own steps is summed, not averaged.

fails: regression
says: summed
"""

# %% own-steps
my_weights = {"w1": None, "w2": None}
x, y, eta = np.array(my_data["x"]), np.array(my_data["y"]), my_data["eta"]
first = np.sum((0.5 - y) * x)
second = np.sum((logistic(-eta * first * x) - y) * x)
my_weights = {"w1": float(-eta * first), "w2": float(-eta * (first + second))}
