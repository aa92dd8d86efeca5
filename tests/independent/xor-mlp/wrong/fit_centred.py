"""the offset is the mean of y

task: approximation
"""

# %% approximation
def fit_relu(x, y, knots):
    M = np.maximum(x[:, None] - knots, 0)
    phi = np.linalg.lstsq(M, y - y.mean(), rcond=None)[0]
    return np.concatenate([[y.mean()], phi])
