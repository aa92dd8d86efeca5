"""for two rows the eigenvalues come from the trace and a wrong root

task: learning-rate
"""

# %% learning-rate
def learning_rate_limit(A):
    if len(A) == 2:
        half, det = np.trace(A) / 2, A[0, 0] * A[1, 1]
        return 2 / (half + np.sqrt(half**2 - det))
    return 2 / np.linalg.norm(A, 2)


def worst_factor(A, learning_rate):
    return np.max(np.abs(1 - learning_rate * np.linalg.eigvalsh(A)))
