"""The state is an object of a class of one's own, or the list of all gradients so far."""


# %% momentum
def momentum_step(params, grads, velocity, learning_rate, beta, average):
    seen = [*(velocity or []), grads]
    gain = 1 - beta if average else 1
    moved = {}
    for key in params:
        total = sum(gain * beta**age * g[key] for age, g in enumerate(reversed(seen)))
        moved[key] = params[key] - learning_rate * total
    return moved, seen


# %% normalised
class Squares:
    def __init__(self, values):
        self.values = values


def normalised_step(params, grads, learning_rate, eps):
    units = {key: np.sign(g) * abs(g) / (abs(g) + eps) for key, g in grads.items()}
    return {key: p - learning_rate * units[key] for key, p in params.items()}


def rmsprop_step(params, grads, state, learning_rate, gamma, eps):
    before = state.values if state else dict.fromkeys(params, 0)
    after = {key: gamma * before[key] + (1 - gamma) * g * g for key, g in grads.items()}
    moved = {
        key: p - learning_rate * grads[key] / (np.sqrt(after[key]) + eps)
        for key, p in params.items()
    }
    return moved, Squares(after)


# %% adam
class Memory:
    def __init__(self, names):
        self.t = 0
        self.m = dict.fromkeys(names, 0)
        self.v = dict.fromkeys(names, 0)


def adam_step(params, grads, state, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    after = Memory(params)
    before = state if state is not None else Memory(params)
    after.t = before.t + 1
    moved = {}
    for key in params:
        g = grads[key]
        after.m[key] = m = betas[0] * before.m[key] + (1 - betas[0]) * g
        after.v[key] = v = betas[1] * before.v[key] + (1 - betas[1]) * g**2
        rate = learning_rate * np.sqrt(1 - betas[1] ** after.t) / (1 - betas[0] ** after.t)
        moved[key] = params[key] - rate * m / (np.sqrt(v) + eps * np.sqrt(1 - betas[1] ** after.t))
    return moved, after
