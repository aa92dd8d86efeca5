"""torch tensors in float64, with the fused form of torch (root first, then divided by the root of the correction).

task: adam
"""

# %% adam
def adam_step(params, grads, state, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """Return (params, state) after one step of Adam.

    params, grads: {name: float64 array}, arrays of any shape. state: None before the first step,
    afterwards what the step before returned; what it holds is up to you. Two walks that begin
    with None have nothing to do with each other.
    """
    beta1, beta2 = betas
    state = state or {"step": 0}
    step = state["step"] + 1
    after, memory = {}, {"step": step}
    for name, p in params.items():
        p = torch.tensor(np.asarray(p), dtype=torch.float64)
        g = torch.tensor(np.asarray(grads[name]), dtype=torch.float64)
        m, v = state.get(("mean", name), torch.zeros_like(g)), state.get(("square", name), torch.zeros_like(g))
        m = torch.lerp(m, g, 1 - beta1)
        v = torch.addcmul(v * beta2, g, g, value=1 - beta2)
        denominator = v.sqrt() / (1 - beta2**step) ** 0.5 + eps
        after[name] = torch.addcdiv(p, m, denominator, value=-learning_rate / (1 - beta1**step))
        memory["mean", name], memory["square", name] = m, v
    return after, memory
