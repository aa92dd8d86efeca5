"""Corrects by one minus the product of all β seen so far instead of the power of the step's own β: differs when the betas change between steps.

task: adam
"""

# %% adam
def adam_step(params, grads, state, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """Return (params, state) after one step of Adam.

    params, grads: {name: float64 array}, arrays of any shape. state: None before the first step,
    afterwards what the step before returned; what it holds is up to you. Two walks that begin
    with None have nothing to do with each other.
    """
    beta1, beta2 = betas
    if state is None:
        zeros = {n: np.zeros(np.shape(p)) for n, p in params.items()}
        state = (1.0, 1.0, zeros, zeros)
    power1, power2, m, v = state
    power1, power2 = power1 * beta1, power2 * beta2
    m = {n: beta1 * m[n] + (1 - beta1) * grads[n] for n in params}
    v = {n: beta2 * v[n] + (1 - beta2) * grads[n] ** 2 for n in params}
    new = {}
    for n in params:
        size = np.sqrt(v[n] / (1 - power2)) + eps
        new[n] = params[n] - learning_rate * m[n] / (1 - power1) / size
    return new, (power1, power2, m, v)
