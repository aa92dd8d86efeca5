"""The flattest direction is taken: the steepest sets the limit.

fails: learning-rate
says: 2/μ
"""


# %% learning-rate
def learning_rate_limit(A):
    return 2 / np.linalg.eigvalsh(A)[0]


def worst_factor(A, learning_rate):
    return np.max(np.abs(1 - learning_rate * np.linalg.eigvalsh(A)))
