"""Raises the count t inside the state dictionary it was given (m and v are new): a second step from the same state counts one too many.

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
        state = {"t": 0, "m": dict.fromkeys(params, 0.0), "v": dict.fromkeys(params, 0.0)}
    state["t"] += 1
    t, (b1, b2) = state["t"], betas
    m = {n: b1 * state["m"][n] + (1 - b1) * grads[n] for n in params}
    v = {n: b2 * state["v"][n] + (1 - b2) * grads[n] ** 2 for n in params}
    m_hat = {n: m[n] / (1 - b1**t) for n in params}
    v_hat = {n: v[n] / (1 - b2**t) for n in params}
    new = {n: params[n] - learning_rate * m_hat[n] / (np.sqrt(v_hat[n]) + eps) for n in params}
    return new, {"t": t, "m": m, "v": v}
