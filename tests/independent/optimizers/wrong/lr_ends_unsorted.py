"""the first and the last of np.linalg.eig are taken for the ends

task: learning-rate
"""

# %% learning-rate
def learning_rate_limit(A):
    return 2 / np.linalg.eigvalsh(A)[-1]


def worst_factor(A, learning_rate):
    values = np.linalg.eig(A)[0].real
    return max(abs(1 - learning_rate * values[0]), abs(1 - learning_rate * values[-1]))
