"""lstsq with rcond=1e-3

task: approximation
"""

# %% approximation
def fit_relu(x, y, knots):
    M = np.column_stack([np.ones(len(x)), np.maximum(x[:, None] - knots[None, :], 0)])
    return np.linalg.lstsq(M, y, rcond=1e-3)[0]
