"""lstsq with rcond = 1e-3 throws away directions that are small but not zero: with close knots phi is wrong by far.

task: approximation
"""

# %% approximation
def fit_relu(x, y, knots):
    hidden = np.maximum(x[:, None] - knots[None, :], 0)
    A = np.concatenate([np.ones_like(x)[:, None], hidden], axis=1)
    return np.linalg.lstsq(A, y, rcond=1e-3)[0]
