"""Everything by torch, autograd where it is of use, tensors returned."""


# %% perceptron
def perceptron(X, y, rows):
    X, y = torch.tensor(X), torch.tensor(y)
    w = torch.zeros(X.shape[1], dtype=torch.float64)
    b = torch.zeros((), dtype=torch.float64)
    mistakes = torch.zeros(len(X), dtype=torch.int64)
    for n in rows:
        if y[n] * (2.0 * bool(torch.dot(X[n], w) + b > 0) - 1) < 0:
            w += y[n] * X[n]
            b += y[n]
            mistakes[n] += 1
    return w, b, mistakes


# %% certificate
def certificate(X, y):
    A = torch.tensor(np.vstack([y * X.T, y, np.ones(4)]))
    found = torch.linalg.lstsq(A, torch.tensor([[0.0], [0.0], [0.0], [1.0]], dtype=torch.float64))
    weights = found.solution[:, 0]
    residual = A @ weights - torch.tensor([0.0, 0.0, 0.0, 1.0])
    if residual.abs().max() > 1e-8 or weights.min() < 0:
        return None
    return weights


# %% shallow
def forward(X, W1, b1, W2, b2, activation):
    X, W1, b1, W2, b2 = (torch.tensor(part) for part in (X, W1, b1, W2, b2))
    known = {"relu": torch.relu, "tanh": torch.tanh, "logistic": torch.sigmoid}
    return known.get(activation, torch.nn.Identity())(X @ W1 + b1) @ W2 + b2


def count_parameters(sizes):
    layers = [torch.nn.Linear(sizes[n], sizes[n + 1]) for n in range(len(sizes) - 1)]
    return sum(p.numel() for p in torch.nn.Sequential(*layers).parameters())


# %% activations
def active_share(X, W, b):
    return (torch.tensor(X) @ torch.tensor(W) + torch.tensor(b) > 0).double().mean(0)


# %% compose
def collapse(weights, biases):
    W, b = torch.tensor(weights[0]), torch.tensor(biases[0])
    for V, c in zip(weights[1:], biases[1:], strict=True):
        b = b @ torch.tensor(V) + torch.tensor(c)
        W = W @ torch.tensor(V)
    return W, b


def merge(phi0, phi, theta0, theta1):
    theta1 = torch.tensor(theta1)
    return torch.tensor(theta0) + phi0 * theta1, torch.tensor(phi)[:, None] * theta1


# %% approximation
def fit_relu(x, y, knots):
    x, y, knots = (torch.tensor(part) for part in (x, y, knots))
    A = torch.cat([torch.ones_like(x)[:, None], torch.relu(x[:, None] - knots)], dim=1)
    return torch.linalg.solve(A.T @ A, A.T @ y)


# %% gradients
def gradients(X, y, params, activation):
    leaves = {name: torch.tensor(value, dtype=torch.float64) for name, value in params.items()}
    for leaf in leaves.values():
        leaf.requires_grad_()
    phi = torch.tanh if activation == "tanh" else torch.relu
    z = phi(torch.tensor(X) @ leaves["W1"] + leaves["b1"]) @ leaves["W2"] + leaves["b2"]
    loss = torch.nn.functional.binary_cross_entropy_with_logits(z, torch.tensor(y))
    loss.backward()
    return loss.detach(), {name: leaf.grad for name, leaf in leaves.items()}
