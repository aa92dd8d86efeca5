"""The largest entry of the diagonal is taken for the largest eigenvalue.

fails: learning-rate
says: the limit
"""


# %% learning-rate
def learning_rate_limit(A):
    return 2 / np.max(np.diag(A))


def worst_factor(A, learning_rate):
    return np.max(np.abs(1 - learning_rate * np.linalg.eigvalsh(A)))
