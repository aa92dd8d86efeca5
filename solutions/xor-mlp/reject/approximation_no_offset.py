"""The offset is not fitted: phi[0] is always 0.

fails: approximation
says: offset has to be fitted
"""


# %% approximation
def fit_relu(x, y, knots):
    hidden = np.maximum(x[:, None] - knots, 0)
    return np.concatenate([[0.0], np.linalg.lstsq(hidden, y, rcond=None)[0]])
