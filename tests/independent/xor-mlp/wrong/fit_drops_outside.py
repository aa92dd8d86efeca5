"""leaves out points below the first knot

task: approximation
"""

# %% approximation
def fit_relu(x, y, knots):
    keep = x >= knots[0]
    if keep.sum() > len(knots):
        x, y = x[keep], y[keep]
    M = np.column_stack([np.ones(len(x)), np.maximum(x[:, None] - knots[None, :], 0)])
    return np.linalg.lstsq(M, y, rcond=None)[0]
