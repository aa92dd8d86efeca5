"""a factor above 1 is given as 1

task: learning-rate
"""

# %% learning-rate
def learning_rate_limit(A):
    return 2 / np.linalg.eigvalsh(A)[-1]


def worst_factor(A, learning_rate):
    lam = np.linalg.eigvalsh(A)
    rho = max(abs(1 - learning_rate * lam[0]), abs(1 - learning_rate * lam[-1]))
    return rho if rho < 100 else float("inf")
