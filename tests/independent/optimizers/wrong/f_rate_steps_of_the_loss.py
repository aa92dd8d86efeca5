"""Counts the steps until the loss, not the distance, is a thousand times smaller: half as many.

task: learning-rate
"""

# %% own-rates
low, high = np.linalg.eigvalsh(my_matrix)
best = 2 / (low + high)
x = np.linalg.eigh(my_matrix)[1].sum(axis=1)
f0, steps = x @ my_matrix @ x / 2, 0
while x @ my_matrix @ x / 2 > f0 / 1000:
    x = x - best * my_matrix @ x
    steps += 1
my_rates = {"limit": 2 / high, "best": best, "steps": steps}
