"""Remembers learning rate, γ and ε of the first step in the state and uses them ever after, whatever later calls pass.

task: normalised
"""

# %% normalised
def normalised_step(params, grads, learning_rate, eps):
    """Return the parameters after one step with every entry of the gradient divided by its size.

    params, grads: {name: float64 array}. The result is a new dictionary.
    """
    return {n: p - learning_rate * grads[n] / (np.abs(grads[n]) + eps) for n, p in params.items()}


def rmsprop_step(params, grads, state, learning_rate, gamma, eps):
    """Return (params, state) after one step of RMSprop.

    params, grads: {name: float64 array}. state: None before the first step, afterwards what the
    step before returned; what it holds is up to you.
    """
    if state is None:
        state = {"s": dict.fromkeys(params, 0.0), "settings": (learning_rate, gamma, eps)}
    rate, decay, guard = state["settings"]
    s = {n: decay * state["s"][n] + (1 - decay) * grads[n] ** 2 for n in params}
    new = {n: params[n] - rate * grads[n] / (np.sqrt(s[n]) + guard) for n in params}
    return new, {"s": s, "settings": state["settings"]}
