"""learning_rate_limit takes the first value of np.linalg.eig, which sorts nothing

task: learning-rate
"""

# %% learning-rate
def learning_rate_limit(A):
    return 2 / np.linalg.eig(A)[0][0]


def worst_factor(A, learning_rate):
    return np.max(np.abs(1 - learning_rate * np.linalg.eigvalsh(A)))
