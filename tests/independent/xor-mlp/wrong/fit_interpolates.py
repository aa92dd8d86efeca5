"""passes through the values at the knots

task: approximation
"""

# %% approximation
def fit_relu(x, y, knots):
    order = np.argsort(x)
    at = np.interp([*knots, x.max()], x[order], y[order])
    slopes = np.diff(at) / np.diff([*knots, x.max()])
    return np.concatenate([[at[0]], np.diff(slopes, prepend=0.0)])
