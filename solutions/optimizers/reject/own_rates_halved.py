"""Both rates are half of what they should be: the limit is 2/L and the best rate 2/(L + μ).

fails: learning-rate
says: 1/(L + μ)
"""

# %% own-rates
my_rates = {"limit": None, "best": None, "steps": None}
flattest, steepest = np.linalg.eigvalsh(my_matrix)
shrinks = (steepest - flattest) / (steepest + flattest)
my_rates["limit"] = float(1 / steepest)
my_rates["best"] = float(1 / (steepest + flattest))
my_rates["steps"] = int(np.ceil(np.log(1000) / -np.log(shrinks)))
