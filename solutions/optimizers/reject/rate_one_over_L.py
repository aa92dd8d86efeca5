"""1/L is a safe rate, but the limit is 2/L.

fails: learning-rate
says: 1/L
"""


# %% learning-rate
def learning_rate_limit(A):
    return 1 / np.linalg.eigvalsh(A)[-1]


def worst_factor(A, learning_rate):
    return np.max(np.abs(1 - learning_rate * np.linalg.eigvalsh(A)))
