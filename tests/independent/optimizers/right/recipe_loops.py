"""schedules by loops and torch, decoupled decay added up backwards

task: recipe
"""

# %% schedules
def step_decay(t, base, factor, every):
    rate = base
    for update in range(1, t + 1):
        if update % every == 0:
            rate *= factor
    return rate


def exponential_decay(t, base, factor):
    rate = base
    for _ in range(t):
        rate *= factor
    return rate


def cosine_decay(t, base, final, total):
    part = torch.cos(torch.tensor(t / total * torch.pi / 2, dtype=torch.float64)) ** 2
    return part * base + (1 - part) * final


def warmup_cosine(t, base, final, warmup, total):
    ramp = np.linspace(base / warmup, base, warmup)
    tail = [cosine_decay(s, base, final, total - warmup) for s in range(total - warmup + 1)]
    return [*ramp, *tail][t]

# %% decay
def l2_step(step, params, grads, state, learning_rate, decay):
    pulled = {k: np.asarray(grads[k]).copy() for k in grads}
    for k in pulled:
        pulled[k] += decay * params[k]
    return step(params, pulled, state, learning_rate)


def decoupled_step(step, params, grads, state, learning_rate, decay):
    shrink = {k: learning_rate * decay * p for k, p in params.items()}
    out = step(params, grads, state, learning_rate)
    return {k: torch.as_tensor(v) - torch.as_tensor(shrink[k]) for k, v in out[0].items()}, out[1]
