"""the state is written over and handed back

task: adam
"""

# %% adam
def adam_step(params, grads, state, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    b1, b2 = betas
    if state is None:
        state = {"t": 0, "m": {k: 0.0 * p for k, p in params.items()}, "v": {k: 0.0 * p for k, p in params.items()}}
    state["t"] += 1
    new = {}
    for k, g in grads.items():
        state["m"][k] = b1 * state["m"][k] + (1 - b1) * g
        state["v"][k] = b2 * state["v"][k] + (1 - b2) * g**2
        mhat = state["m"][k] / (1 - b1 ** state["t"])
        vhat = state["v"][k] / (1 - b2 ** state["t"])
        new[k] = params[k] - learning_rate * mhat / (np.sqrt(vhat) + eps)
    return new, state
