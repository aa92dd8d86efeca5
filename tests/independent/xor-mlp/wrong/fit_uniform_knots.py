"""takes the knots to be evenly spaced

task: approximation
"""

# %% approximation
def fit_relu(x, y, knots):
    if len(knots) > 1:
        knots = np.linspace(knots[0], knots[-1], len(knots))
    M = np.column_stack([np.ones(len(x)), np.maximum(x[:, None] - knots[None, :], 0)])
    return np.linalg.lstsq(M, y, rcond=None)[0]
