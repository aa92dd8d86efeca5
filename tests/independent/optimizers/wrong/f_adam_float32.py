"""Computes with torch in float32 and converts back: steps of 1e-3 on weights of 1e5 are lost or badly rounded, where float64 is demanded.

task: adam
"""

# %% adam
def adam_step(params, grads, state, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """Return (params, state) after one step of Adam.

    params, grads: {name: float64 array}, arrays of any shape. state: None before the first step,
    afterwards what the step before returned; what it holds is up to you. Two walks that begin
    with None have nothing to do with each other.
    """
    def tensor(a):
        return torch.as_tensor(np.asarray(a), dtype=torch.float32)

    t, m, v = state if state is not None else (0, {}, {})
    b1, b2 = betas
    t, new, new_m, new_v = t + 1, {}, {}, {}
    for n in params:
        g = tensor(grads[n])
        new_m[n] = b1 * m.get(n, 0.0) + (1 - b1) * g
        new_v[n] = b2 * v.get(n, 0.0) + (1 - b2) * g**2
        size = torch.sqrt(new_v[n] / (1 - b2**t)) + eps
        new[n] = (tensor(params[n]) - learning_rate * new_m[n] / (1 - b1**t) / size).double().numpy()
    return new, (t, new_m, new_v)
