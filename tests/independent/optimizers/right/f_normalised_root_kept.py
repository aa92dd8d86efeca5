"""Keeps the root mean square itself and updates it with np.hypot; copysign in the normalised step; the cycle by walking.

task: normalised
"""

# %% normalised
def normalised_step(params, grads, learning_rate, eps):
    """Return the parameters after one step with every entry of the gradient divided by its size.

    params, grads: {name: float64 array}. The result is a new dictionary.
    """
    def move(p, g):
        size = np.abs(g)
        return p - np.copysign(learning_rate * (size / (size + eps)), g)

    return dict((name, move(params[name], grads[name])) for name in reversed(list(params)))


def rmsprop_step(params, grads, state, learning_rate, gamma, eps):
    """Return (params, state) after one step of RMSprop.

    params, grads: {name: float64 array}. state: None before the first step, afterwards what the
    step before returned; what it holds is up to you.
    """
    rms = {n: np.hypot(np.sqrt(gamma) * (0.0 if state is None else state[n]), np.sqrt(1 - gamma) * grads[n]) for n in grads}
    return {n: p - learning_rate * grads[n] / (rms[n] + eps) for n, p in params.items()}, rms

# %% own-cycle
x = my_walk["x0"]
for _ in range(1000):
    x = x - my_walk["eta"] * np.sign(x)
other = x - my_walk["eta"] * np.sign(x)
my_cycle = {"low": min(x, other), "high": max(x, other)}
