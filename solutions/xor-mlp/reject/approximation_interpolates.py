"""It goes through the points next to the knots instead of having the smallest squared error.

fails: approximation
says: wrong
"""


# %% approximation
def fit_relu(x, y, knots):
    nodes = np.append(knots, knots[-1] + 1)
    values = np.interp(nodes, np.sort(x), y[np.argsort(x)])
    slopes = np.diff(values) / np.diff(nodes)
    return np.concatenate([values[:1], slopes[:1], np.diff(slopes)])
