"""Counts the steps at the rate 1/L instead of the best rate, about twice as many.

task: learning-rate
"""

# %% own-rates
eigenvalues = np.linalg.eigvalsh(my_matrix)
mu, L = eigenvalues.min(), eigenvalues.max()
my_rates = {"limit": 2 / L, "best": 2 / (L + mu), "steps": 0}
rho = worst_factor(my_matrix, my_rates["limit"] / 2)
factor = 1.0
while factor > 1e-3:
    factor *= rho
    my_rates["steps"] += 1
