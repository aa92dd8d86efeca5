"""A ridge is added for safety, invisible for data of size 1, but large against the columns when x spans 1e-4 only.

task: approximation
"""

# %% approximation
def fit_relu(x, y, knots):
    A = np.hstack([np.ones((len(x), 1)), np.maximum(np.subtract.outer(x, knots), 0)])
    ridge = 1e-5 * np.eye(A.shape[1])
    return np.linalg.lstsq(np.vstack([A, ridge]), np.append(y, np.zeros(len(ridge))), rcond=None)[0]
