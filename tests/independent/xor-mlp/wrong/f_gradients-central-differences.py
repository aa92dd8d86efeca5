"""The slopes are central differences with a step of 1e-4: a ReLU whose pre-activation is -1e-5 at a point gets half of a slope instead of none.

task: train
"""

# %% gradients
def gradients(X, y, params, activation):
    def loss_of(p):
        z = activate(X @ p["W1"] + p["b1"], activation) @ p["W2"] + p["b2"]
        return float(np.mean(np.logaddexp(0, z) - y * z))

    grads, h = {}, 1e-4
    for name, value in params.items():
        value = np.array(value, dtype=float)
        grad = np.zeros(value.shape)
        for i in np.ndindex(*value.shape):
            up, down = value.copy(), value.copy()
            up[i] += h
            down[i] -= h
            grad[i] = (loss_of({**params, name: up}) - loss_of({**params, name: down})) / (2 * h)
        grads[name] = grad
    return loss_of(params), grads
