"""a ridge of 1e-8 keeps the system solvable

task: approximation
"""

# %% approximation
def fit_relu(x, y, knots):
    M = np.column_stack([np.ones(len(x)), np.maximum(x[:, None] - knots[None, :], 0)])
    return np.linalg.solve(M.T @ M + 1e-8 * np.eye(M.shape[1]), M.T @ y)
