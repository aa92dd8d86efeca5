"""eigenvalues rounded, against noise in the last digits

task: learning-rate
"""

# %% learning-rate
def learning_rate_limit(A):
    return 2 / max(np.round(np.linalg.eigvalsh(A), 8))


def worst_factor(A, learning_rate):
    return np.max(np.abs(1 - learning_rate * np.linalg.eigvalsh(A)))
