"""Keeps the corrected averages together with the numbers that corrected them, and undoes the correction at the start of the next step.

task: adam
"""

# %% adam
def adam_step(params, grads, state, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """Return (params, state) after one step of Adam.

    params, grads: {name: float64 array}, arrays of any shape. state: None before the first step,
    afterwards what the step before returned; what it holds is up to you. Two walks that begin
    with None have nothing to do with each other.
    """
    b1, b2 = betas
    if state is None:
        t, old1, old2, hats = 0, 1.0, 1.0, {n: (0.0, 0.0) for n in params}
    else:
        t, old1, old2, hats = state
    t = t + 1
    new1, new2 = 1 - b1**t, 1 - b2**t
    moved, kept = {}, {}
    for n, (m_hat, v_hat) in hats.items():
        g = np.asarray(grads[n])
        m_hat = (b1 * (m_hat * old1) + (1 - b1) * g) / new1
        v_hat = (b2 * (v_hat * old2) + (1 - b2) * g**2) / new2
        kept[n] = (m_hat, v_hat)
        moved[n] = params[n] - learning_rate * m_hat / (v_hat**0.5 + eps)
    return moved, (t, new1, new2, kept)
