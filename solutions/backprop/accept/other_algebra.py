"""Lines in another form, none built on an earlier one, numbers rounded to four digits, einsum."""

# %% logistic-derivative-lines
logistic_derivative_lines = {
    "de_dz": "-exp(-z)",
    "ds_dd": "-(s**2)",
    "ds_dz_chain": "e/(1 + e)**2",
    "ds_dz": "s - s**2",
    "dt_dz": "(1 + t)*(1 - t)",
}


# %% scalar-network-lines
scalar_network_lines = {
    "dl_df": "-2*(y - w2*h2)",
    "dl_dw2": "2*h2*f - 2*h2*y",
    "dl_dh2": "2*w2**2*h2 - 2*w2*y",
    "dl_da2": "2*(f - y)*w2*(h2 - h2**2)",
    "dl_dw1": "2*(f - y)*w2*sigmoid(a2)*sigmoid(-a2)*h1",
    "dl_dh1": "2*(f - y)*w2*exp(-a2)/(1 + exp(-a2))**2*w1",
    "dl_da1": "2*(f - y)*w2*h2*(1 - h2)*w1*(1/4 - (h1 - 1/2)**2)",
    "dl_dw0": "-2*x*(y - f)*w1*w2*h1*h2*(1 - h1)*(1 - h2)",
}


# %% two-layer-lines
two_layer_lines = {
    "delta": "-(y - f)",
    "dl_dW2": "(outer(f, h) - outer(y, h)).T",
    "dl_db2": "h @ W2 + b2 - y",
    "s": "((f - y) @ W2.T)*(h - h**2)",
    "dl_dW1": "transpose(outer((W2 @ (f - y))*h*(1 - h), x))",
    "dl_db1": "diag(h*(1 - h)) @ W2 @ (f - y)",
}


# %% output-layers-lines
output_layers_lines = {
    "df_da": "sigmoid(a)*sigmoid(-a)",
    "dsq_da": "-(y - f)*(f - f**2)",
    "dbce_df": "(f - y)/(f*(1 - f))",
    "dbce_da": "f*(1 - y) - y*(1 - f)",
    "dp_dz": "diag(p*(1 - p)) + diag(p**2) - outer(p, p)",
    "dce_dp": "-t*exp(-z)*sum(exp(z))",
    "dce_dz": "p*sum(t) - t",
}


# %% skip-connection-lines
skip_connection_lines = {
    "dh2_da2": "1/4 - (h2 - h1 - 1/2)**2",
    "dh2_dh1": "1 + w1*sigmoid(a2)*(1 - sigmoid(a2))",
    "dl_dw2": "-2*h2*(y - f)",
    "dl_dw1": "2*(f - y)*w2*h1*sigmoid(a2)*sigmoid(-a2)",
    "dl_dw0": "2*x*(f - y)*w2*(h1 - h1**2)*(1 + w1*sigmoid(a2)*sigmoid(-a2))",
}


# %% scalar-network
my_gradients = {"w0": None, "w1": None, "w2": None}
x, y, w0, w1, w2 = (numbers[name] for name in ("x", "y", "w0", "w1", "w2"))
h1 = logistic(w0 * x)
h2 = logistic(w1 * h1)
back_f = 2 * (w2 * h2 - y)
back_a2 = back_f * w2 * h2 * (1 - h2)
back_a1 = back_a2 * w1 * h1 * (1 - h1)
my_gradients = {"w0": float(back_a1 * x), "w1": float(back_a2 * h1), "w2": float(back_f * h2)}
my_gradients = {name: float(f"{value:.4g}") for name, value in my_gradients.items()}


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
