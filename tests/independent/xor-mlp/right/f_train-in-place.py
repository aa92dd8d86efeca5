"""The parameters live in arrays that are changed in place, b2 as an array of no dimension, the draw in another order with random() stretched to the interval.

task: train
"""

# %% train
def train(gradients, X, y, hidden, activation, seed, steps=300, learning_rate=1.0):
    draw = np.random.default_rng(seed)
    inputs = X.shape[1]

    def stretched(shape, width):
        return np.asarray((2 * draw.random(shape) - 1) / np.sqrt(width))

    params = {}
    params["b2"] = stretched((), hidden)
    params["W2"] = stretched((hidden,), hidden)
    params["b1"] = stretched((hidden,), inputs)
    params["W1"] = stretched((inputs, hidden), inputs)
    for _ in range(steps):
        _, grads = gradients(X, y, params, activation)
        steps_to_take = {name: learning_rate * np.asarray(grads[name]) for name in params}
        for name, step in steps_to_take.items():
            params[name][...] -= step
    return params
