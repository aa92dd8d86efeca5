"""Its own arrays changed in place, a class, linear systems in place of least squares."""


# %% gradients
class Network:
    def __init__(self, params, activation):
        self.params, self.activation = params, activation

    def forward(self, X):
        self.X = X
        self.H = activate(X @ self.params["W1"] + self.params["b1"], self.activation)
        return self.H @ self.params["W2"] + self.params["b2"]

    def backward(self, dz):
        slope = (1 + self.H) * (1 - self.H) if self.activation == "tanh" else np.sign(self.H)
        dA = slope * dz[:, None] * self.params["W2"]
        return {"W1": self.X.T @ dA, "b1": dA.sum(0), "W2": dz @ self.H, "b2": float(dz.sum())}


def gradients(X, y, params, activation):
    net = Network(params, activation)
    z = net.forward(X)
    loss = np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z))))
    return loss, net.backward((logistic(z) - y) / len(y))


# %% compose
def collapse(weights, biases):
    W, b = np.eye(len(weights[0])), np.zeros(len(weights[0]))
    for V, c in zip(weights, biases, strict=True):
        W = W @ V
        b = b @ V
        b += c
    return W, b


def merge(phi0, phi, theta0, theta1):
    psi0 = theta0.copy()
    psi0 += phi0 * theta1
    return psi0, np.multiply.outer(phi, theta1)


# %% own-certificate
system = np.vstack([labels * points.T, labels, np.ones(4)])
my_certificate = torch.linalg.solve(torch.tensor(system), torch.tensor([0.0, 0, 0, 1]).double())


# %% certificate
def certificate(X, y):
    system = np.vstack([y * X.T, y, np.ones(4)])
    if abs(np.linalg.det(system)) < 1e-11 * np.max(np.abs(X)) ** 2:
        return None
    weights = np.linalg.inv(system)[:, 3]
    return weights if np.all(weights >= 0) else None


# %% approximation
def fit_relu(x, y, knots):
    A = np.column_stack([x**0, *[np.clip(x - k, 0, None) for k in knots]])
    Q, R = np.linalg.qr(A)
    return np.linalg.solve(R, Q.T @ y)
