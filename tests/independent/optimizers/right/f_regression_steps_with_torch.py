"""Own steps by torch.optim.SGD and autograd; means of weighted rows; a QR solve of scaled columns with one step of refinement.

task: regression
"""

# %% regression
def squared_gradient(X, y, w):
    """Return the gradient of L_sq at w, shape (D,).

    X: (N, D), y: (N,), w: (D,), float arrays. float32 or float64: judged to a relative 1e-4.
    """
    return np.mean((X @ w - y)[:, None] * X, axis=0)


def logistic_gradient(X, y, w):
    """Return the gradient of L_log at w, shape (D,).

    X: (N, D), w: (D,), y: (N,) with values from 0 to 1. float32 or float64: judged to 1e-4.
    """
    return ((logistic(X @ w) - y)[:, np.newaxis] * X).mean(0)


def least_squares(X, y):
    """Return the w that minimises L_sq, shape (D,), in closed form: no descent.

    X: (N, D) with N >= D and independent columns, y: (N,). float64: judged to a relative 1e-7.
    """
    scale = np.linalg.norm(X, axis=0)
    Z = X / scale
    Q, R = np.linalg.qr(Z)
    w = np.linalg.solve(R, Q.T @ y)
    w = w + np.linalg.solve(R, Q.T @ (y - Z @ w))
    return w / scale

# %% own-steps
my_weights = {"w1": None, "w2": None}
leaf = torch.zeros(1, dtype=torch.float64, requires_grad=True)
optimiser = torch.optim.SGD([leaf], lr=my_data["eta"])
x_tensor = torch.tensor(my_data["x"], dtype=torch.float64)
y_tensor = torch.tensor(my_data["y"], dtype=torch.float64)
for key in ("w1", "w2"):
    optimiser.zero_grad()
    torch.nn.functional.binary_cross_entropy_with_logits(leaf * x_tensor, y_tensor).backward()
    optimiser.step()
    my_weights[key] = np.float64(leaf.item())
