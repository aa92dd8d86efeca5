"""points with the same x count once

task: approximation
"""

# %% approximation
def fit_relu(x, y, knots):
    x, first = np.unique(x, return_index=True)
    y = y[first]
    M = np.column_stack([np.ones(len(x)), np.maximum(x[:, None] - knots[None, :], 0)])
    return np.linalg.lstsq(M, y, rcond=None)[0]
