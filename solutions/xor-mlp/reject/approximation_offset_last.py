"""The offset stands behind the other weights; it belongs in front.

fails: approximation
says: belongs in front
"""


# %% approximation
def fit_relu(x, y, knots):
    hidden = np.maximum(x[:, None] - knots, 0)
    return np.linalg.lstsq(np.column_stack([hidden, np.ones(len(x))]), y, rcond=None)[0]
