"""Keeps the parameters in the state and goes on from those, not from the params of the call: wrong when they were changed between two steps (weight decay, restored weights).

task: adam
"""

# %% adam
def adam_step(params, grads, state, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """Return (params, state) after one step of Adam.

    params, grads: {name: float64 array}, arrays of any shape. state: None before the first step,
    afterwards what the step before returned; what it holds is up to you. Two walks that begin
    with None have nothing to do with each other.
    """
    if state is None:
        zero = {n: np.zeros_like(np.asarray(p)) for n, p in params.items()}
        state = {"t": 0, "p": params, "m": zero, "v": zero}
    (b1, b2), t = betas, state["t"] + 1
    new = {"t": t, "p": {}, "m": {}, "v": {}}
    for n, g in grads.items():
        new["m"][n] = b1 * state["m"][n] + (1 - b1) * g
        new["v"][n] = b2 * state["v"][n] + (1 - b2) * g**2
        m_hat = new["m"][n] / (1 - b1**t)
        v_hat = new["v"][n] / (1 - b2**t)
        new["p"][n] = state["p"][n] - learning_rate * m_hat / (np.sqrt(v_hat) + eps)
    return dict(new["p"]), new
