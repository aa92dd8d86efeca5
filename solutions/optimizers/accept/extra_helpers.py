"""Helpers, classes and nested functions around the answers."""


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


# %% minibatches
def updates_per_epoch(N, batch_size):
    return len(np.array_split(np.arange(N), range(batch_size, N, batch_size)))


def shuffled(N, rng):
    order = np.arange(N)
    rng.shuffle(order)
    return order


def minibatches(N, batch_size, epochs, seed):
    rng = np.random.default_rng(seed)
    cuts = range(batch_size, N, batch_size)
    return [np.array_split(shuffled(N, rng), cuts) for _ in range(epochs)]


def full_gradient(gradients, sizes):
    return np.einsum("b,bd->d", np.array(sizes) / sum(sizes), np.stack(gradients))


def sgd(gradient, X, y, start, learning_rate, batch_size, epochs, seed):
    def update(w, rows):
        return w - learning_rate * np.asarray(gradient(X[rows], y[rows], w))

    w = np.array(start)
    for rows in sum(minibatches(len(X), batch_size, epochs, seed), []):
        w = update(w, rows)
    return w


# %% momentum
def momentum_step(params, grads, velocity, learning_rate, beta, average):
    def one(key):
        before = velocity[key] if velocity else np.zeros(np.shape(params[key]))
        return beta * before + (1 - beta) ** bool(average) * grads[key]

    velocity = {key: one(key) for key in params}
    return {key: p - learning_rate * velocity[key] for key, p in params.items()}, velocity


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


# %% decay
def added(first, second, factor):
    return {key: first[key] + factor * second[key] for key in first}


def l2_step(step, params, grads, state, learning_rate, decay):
    return step(params, added(grads, params, decay), state, learning_rate)


def decoupled_step(step, params, grads, state, learning_rate, decay):
    moved, after = step(params, grads, state, learning_rate)
    return added(moved, params, -learning_rate * decay), after


# %% play
def play(step, C, rounds, start):
    def gradient(t):
        return C if (t - 1) % 3 == 0 else -1.0

    class Player:
        position, memory = start, None

        def move(self, g):
            x, self.memory = step(self.position, g, self.memory)
            self.position = float(np.clip(x, -1, 1))
            return self.position

    player = Player()
    return [start, *(player.move(gradient(t)) for t in range(1, rounds + 1))]
