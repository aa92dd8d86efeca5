"""Flattens all parameters, sorted by name, into one vector, makes the step there and cuts it up again.

task: adam
"""

# %% adam
def adam_step(params, grads, state, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """Return (params, state) after one step of Adam.

    params, grads: {name: float64 array}, arrays of any shape. state: None before the first step,
    afterwards what the step before returned; what it holds is up to you. Two walks that begin
    with None have nothing to do with each other.
    """
    names = sorted(params)
    shapes = [np.shape(params[n]) for n in names]
    ends = np.cumsum([int(np.prod(s)) for s in shapes])

    def pack(d):
        return np.concatenate([np.asarray(d[n], dtype=np.float64).ravel() for n in names])

    def unpack(flat):
        parts = np.split(flat, ends[:-1])
        return {n: part.reshape(s) for n, part, s in zip(names, parts, shapes)}

    theta, g = pack(params), pack(grads)
    t, m, v = (0, np.zeros_like(g), np.zeros_like(g)) if state is None else state
    (b1, b2), t = betas, t + 1
    m, v = m + (1 - b1) * (g - m), v + (1 - b2) * (g * g - v)
    theta = theta - learning_rate * (m / (1 - b1**t)) / (np.sqrt(v / (1 - b2**t)) + eps)
    return unpack(theta), (t, m, v)

# %% adam-lines
adam_lines = dict(dn4_dg="(1-beta**2)*(1+beta**2)", du_deta="sqrt((1 - beta1)**2/(1 - beta2))")
adam_lines["dm4_dg1"] = "beta**3 - beta**4"
adam_lines["dm4_dg4"] = " -beta + 1"
