"""The three gradients as one product of a (3, N) matrix of slopes with the vector of errors; Jacobian first.

task: skip-connection
"""

# %% skip-connection
def skip_gradients(x, y, w0, w1, w2):
    sigma, anti = logistic, (lambda v: logistic(-v))
    a1 = np.multiply(w0, x)
    h1 = sigma(a1)
    a2 = w1 * h1
    through = w2 * sigma(a2) * anti(a2)
    past = np.full_like(h1, w2)
    jacobian = np.vstack(
        [(past + through * w1) * sigma(a1) * anti(a1) * x, through * h1, sigma(a2) + h1]
    )
    result = jacobian @ (w2 * jacobian[2] - y) * (2 / np.size(x))
    return dict(zip(["w0", "w1", "w2"], result.tolist(), strict=True))
