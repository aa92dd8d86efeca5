"""The cosine as a squared half-angle, the warm-up by the same helper; powers by loops; decay through a lambda.

task: recipe
"""

# %% schedules
def step_decay(t, base, factor, every):
    """Return the learning rate for update t = 0, 1, ...; base, factor: floats, every: an int."""
    rate = base
    for _ in range(int(t) // every):
        rate = rate * factor
    return rate


def exponential_decay(t, base, factor):
    """Return the learning rate for update t = 0, 1, ..."""
    rate, k = base, 0
    while k < t:
        rate, k = rate * factor, k + 1
    return rate


def cosine_decay(t, base, final, total):
    """Return the learning rate for update t = 0, 1, ..., total."""
    share = np.cos(np.pi * t / (2 * total)) ** 2
    return share * base + (1 - share) * final


def warmup_cosine(t, base, final, warmup, total):
    """Return the learning rate for update t = 0, 1, ..., total; 0 < warmup < total."""
    if t + 1 <= warmup:
        return base * ((t + 1) / warmup)
    clock = (t - warmup) / (total - warmup)
    return base - (base - final) * np.sin(np.pi * clock / 2) ** 2

# %% decay
def l2_step(step, params, grads, state, learning_rate, decay):
    """Return (params, state) after one step with L2: the decay is part of the gradient.

    step(params, grads, state, learning_rate) returns (params, state) after a step without decay.
    params, grads: {name: float64 array}; decay is the λ above. All parameters are decayed.
    """
    pulled = lambda name: np.add(grads[name], np.multiply(decay, params[name]))
    return step(dict(params), {name: pulled(name) for name in params}, state, learning_rate)


def decoupled_step(step, params, grads, state, learning_rate, decay):
    """Return (params, state) after one step with decoupled decay; arguments as in l2_step."""
    before = {name: np.array(p, dtype=np.float64) for name, p in params.items()}
    after, memory = step(params, grads, state, learning_rate)
    shrink = learning_rate * decay
    return {name: np.asarray(value) - shrink * before[name] for name, value in after.items()}, memory
