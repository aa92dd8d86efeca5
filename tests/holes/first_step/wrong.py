# %% the betas swapped
def adam_step(w, g, m, v, t, lr, betas=(0.999, 0.9), eps=1e-8):
    m = betas[0] * m + (1 - betas[0]) * g
    v = betas[1] * v + (1 - betas[1]) * g**2
    step = m / (1 - betas[0] ** t) / (np.sqrt(v / (1 - betas[1] ** t)) + eps)
    return w - lr * step, m, v


# %% the sign of the gradient, without moments
def adam_step(w, g, m, v, t, lr, betas=(0.9, 0.999), eps=1e-8):
    return w - lr * np.sign(g), m, v
