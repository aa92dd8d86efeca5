"""Central differences with step 2e-3: good to 1e-6 for inputs of size 1, but the gradient of W1 is wrong by 0.2 to 5 % for inputs X of size 30 to 300 (1e-4 is promised).

task: two-layer
"""

# %% two-layer
def two_layer_backward(X, Y, W1, b1, W2, b2):
    params = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}

    def loss(p):
        out = logistic(X @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"]
        return 0.5 * np.mean(np.sum((out - Y) ** 2, axis=1))

    grads = {}
    for name, values in params.items():
        grads[name] = np.zeros(values.shape)
        for index in np.ndindex(values.shape):
            step = np.zeros(values.shape)
            step[index] = 2e-3
            up, down = loss(params | {name: values + step}), loss(params | {name: values - step})
            grads[name][index] = (up - down) / 4e-3
    return grads
