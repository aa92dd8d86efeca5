"""power iteration from ones, for a hundred rounds

task: learning-rate
"""

# %% learning-rate
def learning_rate_limit(A):
    v = np.ones(len(A))
    for _ in range(100):
        v = A @ v
        v /= np.linalg.norm(v)
    return 2 / np.linalg.norm(A @ v)


def worst_factor(A, learning_rate):
    return np.max(np.abs(1 - learning_rate * np.linalg.eigvalsh(A)))
