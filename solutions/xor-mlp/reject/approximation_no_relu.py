"""The units have no ReLU: what is fitted is a straight line.

fails: approximation
says: wrong
"""


# %% approximation
def fit_relu(x, y, knots):
    hidden = x[:, None] - knots
    return np.linalg.lstsq(np.column_stack([np.ones(len(x)), hidden]), y, rcond=None)[0]
