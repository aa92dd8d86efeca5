"""sorts x and leaves y

task: approximation
"""

# %% approximation
def fit_relu(x, y, knots):
    x = np.sort(x)
    M = np.column_stack([np.ones(len(x)), np.maximum(x[:, None] - knots[None, :], 0)])
    return np.linalg.lstsq(M, y, rcond=None)[0]
