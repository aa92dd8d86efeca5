"""power iteration from the first unit vector, which never leaves a diagonal

task: learning-rate
"""

# %% learning-rate
def largest(A):
    v = np.zeros(len(A))
    v[0] = 1
    for _ in range(2000):
        v = A @ v
        v = v / np.linalg.norm(v)
    return v @ A @ v


def learning_rate_limit(A):
    return float(2 / largest(A))


def worst_factor(A, learning_rate):
    return np.max(np.abs(1 - learning_rate * np.linalg.eigvalsh(A)))
