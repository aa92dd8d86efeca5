"""Generators, classes, recursion, a state that is an object or a list."""


# %% descent
def is_flat(slope, tolerance):
    return bool(np.sqrt(np.sum(np.square(slope))) <= tolerance)


def walk(gradient, x, learning_rate):
    while x is not None:
        yield x, gradient(x)
        x = x - learning_rate * gradient(x)


def gradient_descent(gradient, start, learning_rate, tolerance=1e-4, max_steps=100):
    path = []
    for x, slope in walk(gradient, start, learning_rate):
        path.append(x)
        if is_flat(slope, tolerance) or len(path) > max_steps:
            break
    return path


# %% adam
class Average:
    """A running mean that begins at zero, and knows how much of it is there."""

    def __init__(self, beta, total=0.0, weight=0.0):
        self.beta, self.total, self.weight = beta, total, weight

    def including(self, value):
        keep = self.beta
        return Average(
            keep, keep * self.total + (1 - keep) * value, keep * self.weight + (1 - keep)
        )

    @property
    def value(self):
        return self.total / self.weight


def adam_step(params, grads, state, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    state = state or {key: [Average(beta).__dict__ for beta in betas] for key in params}
    moved, after = {}, {}
    for key, g in grads.items():
        pair = [Average(**kept) for kept in state[key]]
        first, second = pair[0].including(g), pair[1].including(g**2)
        moved[key] = params[key] - learning_rate * first.value / (np.sqrt(second.value) + eps)
        after[key] = [first.__dict__, second.__dict__]
    return moved, after


# %% schedules
def step_decay(t, base, factor, every):
    return exponential_decay(t // every, base, factor)


def exponential_decay(t, base, factor):
    return base if t == 0 else factor * exponential_decay(t - 1, base, factor)


def half_cosine(share):
    return (1 + np.cos(np.pi * share)) / 2


def cosine_decay(t, base, final, total):
    return np.interp(half_cosine(t / total), [0, 1], [final, base])


def warmup_cosine(t, base, final, warmup, total):
    after = max(t - warmup, 0)
    falling = cosine_decay(after, base, final, total - warmup)
    return np.where(t < warmup, base * (t + 1) / warmup, falling)


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
