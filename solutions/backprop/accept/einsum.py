"""einsum for every product, and slopes written with the values of the units."""


# %% two-layer
def two_layer_backward(X, Y, W1, b1, W2, b2):
    h = logistic(np.einsum("nd,dh->nh", X, W1) + b1)
    residual = np.einsum("nh,hk->nk", h, W2) + b2 - Y
    back = np.einsum("nk,hk,nh,nh->nh", residual, W2, h, 1 - h)
    return {
        "b2": residual.mean(axis=0),
        "W2": np.einsum("nh,nk->hk", h, residual) / len(Y),
        "b1": back.mean(axis=0),
        "W1": np.einsum("nd,nh->dh", X, back) / len(Y),
    }


# %% mlp
def mlp_forward(X, weights, biases, activation):
    H, A = [X], []
    for W, b in zip(weights, biases, strict=True):
        A.append(np.einsum("ni,io->no", H[-1], W) + b)
        H.append(activate(A[-1], activation))
    return tuple(A), tuple(H[:-1])


def mlp_backward(X, Y, weights, biases, activation):
    A, H = mlp_forward(X, weights, biases, activation)
    log_P = A[-1] - np.logaddexp.reduce(A[-1], axis=1)[:, None]
    signal = (np.exp(log_P) - Y) / X.shape[0]
    dW, db = [], []
    for layer in range(len(weights) - 1, -1, -1):
        dW = [np.einsum("ni,no->io", H[layer], signal), *dW]
        db = [np.einsum("no->o", signal), *db]
        h = H[layer]
        slope = {"logistic": h - h**2, "tanh": 1 - h**2, "relu": np.sign(h)}[activation]
        signal = np.einsum("no,io,ni->ni", signal, weights[layer], slope)
    return -np.einsum("nk,nk->", Y, log_P) / X.shape[0], dW, db


# %% vanishing
def first_layer_gradient_norm(X, Y, weights, activation, skip=False):
    first, *hidden, last = weights
    units = [activate(np.einsum("nd,dh->nh", X, first), activation)]
    values = [units[0]]
    for W in hidden:
        values.append(activate(np.einsum("ni,io->no", units[-1], W), activation))
        units.append(values[-1] + units[-1] if skip else values[-1])
    signal = np.einsum("nk,hk->nh", np.einsum("nh,hk->nk", units[-1], last) - Y, last) / len(Y)
    for W, v in zip([None, *hidden][::-1], values[::-1], strict=True):
        slope = {"logistic": v * (1 - v), "tanh": (1 - v) * (1 + v), "relu": v > 0}[activation]
        through = signal * slope
        if W is not None:
            signal = np.einsum("no,io->ni", through, W) + skip * signal
    return np.sqrt(np.sum(np.einsum("nd,nh->dh", X, through) ** 2))
