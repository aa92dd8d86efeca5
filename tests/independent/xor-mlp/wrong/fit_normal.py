"""the normal equations, solved as they are

task: approximation
"""

# %% approximation
def fit_relu(x, y, knots):
    M = np.column_stack([np.ones(len(x)), np.maximum(x[:, None] - knots[None, :], 0)])
    return np.linalg.solve(M.T @ M, M.T @ y)
