"""The units are steps, 1 to the right of the knot, in place of ReLUs.

fails: approximation
says: wrong
"""


# %% approximation
def fit_relu(x, y, knots):
    hidden = (x[:, None] > knots).astype(float)
    return np.linalg.lstsq(np.column_stack([np.ones(len(x)), hidden]), y, rcond=None)[0]
