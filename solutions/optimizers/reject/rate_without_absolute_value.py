"""The absolute value is missing: a factor of −3 grows.

fails: learning-rate
says: 1 − ημ
"""


# %% learning-rate
def learning_rate_limit(A):
    return 2 / np.linalg.eigvalsh(A)[-1]


def worst_factor(A, learning_rate):
    return np.max(1 - learning_rate * np.linalg.eigvalsh(A))
