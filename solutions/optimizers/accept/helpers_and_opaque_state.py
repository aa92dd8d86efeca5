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
    """A running mean that begins at zero, and knows how often a value went in."""

    def __init__(self, total=0.0, count=0):
        self.total, self.count = total, count

    def including(self, value, keep):
        return Average(keep * self.total + (1 - keep) * value, self.count + 1)

    def corrected(self, keep):
        return self.total / (1 - keep**self.count)


def adam_step(params, grads, state, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    state = state or {key: (Average(), Average()) for key in params}
    moved, after = {}, {}
    for key, g in grads.items():
        values = zip(state[key], (g, g**2), betas, strict=True)
        after[key] = [average.including(value, beta) for average, value, beta in values]
        mean, square = (a.corrected(beta) for a, beta in zip(after[key], betas, strict=True))
        moved[key] = params[key] - learning_rate * mean / (np.sqrt(square) + eps)
    return moved, after


# %% schedules
def step_decay(t, base, factor, every):
    return exponential_decay(t // every, base, factor)


def exponential_decay(t, base, factor):
    if t == 0:
        return base
    half = exponential_decay(t // 2, 1.0, factor)
    return base * half * half * (factor if t % 2 else 1)


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
    seen = [*(velocity or []), (grads, beta)]
    moved = {}
    for key in params:
        total = 0.0
        for g, b in seen:
            total = b * total + (1 - b if average else 1) * g[key]
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
