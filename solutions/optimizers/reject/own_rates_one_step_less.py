"""The number of steps is rounded down: that is one step too few.

fails: learning-rate
says: not yet enough
tells: One step less is not yet enough.
"""

# %% own-rates
my_rates = {"limit": None, "best": None, "steps": None}
flattest, steepest = np.linalg.eigvalsh(my_matrix)
shrinks = (steepest - flattest) / (steepest + flattest)
my_rates["limit"] = float(2 / steepest)
my_rates["best"] = float(2 / (steepest + flattest))
my_rates["steps"] = int(np.floor(np.log(1000) / -np.log(shrinks)))
