"""The pseudo-inverse by the SVD of a column-scaled matrix, in two steps with one refinement.

task: approximation
"""

# %% approximation
def fit_relu(x, y, knots):
    def design(points):
        return np.stack([np.ones_like(points), *(np.clip(points - k, 0, None) for k in knots)], axis=1)

    A = design(x)
    size = np.sqrt((A * A).sum(axis=0))
    U, S, Vt = np.linalg.svd(A / size, full_matrices=False)

    def solve(target):
        return Vt.T @ ((U.T @ target) / S) / size

    phi = solve(y)
    return phi + solve(y - A @ phi)
