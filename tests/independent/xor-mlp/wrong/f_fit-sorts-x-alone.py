"""x is sorted and y is not: wrong as soon as the data do not come in the order of x.

task: approximation
"""

# %% approximation
def fit_relu(x, y, knots):
    x = np.sort(x)
    A = np.column_stack([np.ones_like(x)] + [np.maximum(x - k, 0) for k in knots])
    return np.linalg.lstsq(A, y, rcond=None)[0]
