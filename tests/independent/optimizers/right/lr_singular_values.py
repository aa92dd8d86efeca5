"""singular values, torch numbers

task: learning-rate
"""

# %% learning-rate
def learning_rate_limit(A):
    return 2 / np.linalg.norm(A, ord=2)


def worst_factor(A, learning_rate):
    return torch.linalg.matrix_norm(torch.eye(len(A), dtype=torch.float64) - learning_rate * torch.tensor(A), 2)
