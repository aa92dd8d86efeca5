"""The units are on to the left of their knots, not to the right.

fails: approximation
says: to the right of their knots
"""


# %% approximation
def fit_relu(x, y, knots):
    hidden = np.maximum(knots - x[:, None], 0)
    return np.linalg.lstsq(np.column_stack([np.ones(len(x)), hidden]), y, rcond=None)[0]
