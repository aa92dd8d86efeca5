"""The factor is that of the steepest direction alone.

fails: learning-rate
says: 1 − ηL
"""


# %% learning-rate
def learning_rate_limit(A):
    return 2 / np.linalg.eigvalsh(A)[-1]


def worst_factor(A, learning_rate):
    return abs(1 - learning_rate * np.linalg.eigvalsh(A)[-1])
