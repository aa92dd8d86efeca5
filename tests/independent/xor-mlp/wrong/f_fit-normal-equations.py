"""It solves the normal equations: with knots 1e-5 apart the condition number is squared and phi misses by much more than a relative 1e-6.

task: approximation
"""

# %% approximation
def fit_relu(x, y, knots):
    A = np.column_stack([np.ones(len(x)), np.maximum(x[:, None] - knots, 0)])
    return np.linalg.solve(A.T @ A, A.T @ y)
