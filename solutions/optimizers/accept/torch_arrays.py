"""torch as the array library, float32 where allowed; steps by torch.optim, its state as values."""


# %% descent
def gradient_descent(gradient, start, learning_rate, tolerance=1e-4, max_steps=100):
    x = torch.as_tensor(start, dtype=torch.float64)
    path = [x]
    for _ in range(max_steps):
        g = torch.as_tensor(gradient(x.numpy()), dtype=torch.float64)
        if torch.linalg.vector_norm(g) <= tolerance:
            break
        x = x - learning_rate * g
        path.append(x)
    return torch.stack(path)


# %% regression
def squared_gradient(X, y, w):
    X, y, w = (torch.tensor(v, dtype=torch.float32) for v in (X, y, w))
    return X.mT @ (X @ w - y) / len(X)


def logistic_gradient(X, y, w):
    X, y, w = (torch.tensor(v, dtype=torch.float32) for v in (X, y, w))
    w.requires_grad_()
    torch.nn.functional.binary_cross_entropy_with_logits(X @ w, y).backward()
    return w.grad


def least_squares(X, y):
    return torch.linalg.lstsq(torch.tensor(X), torch.tensor(y)[:, None]).solution[:, 0]


# %% learning-rate
def learning_rate_limit(A):
    return 2 / torch.linalg.eigvalsh(torch.tensor(A)).max()


def worst_factor(A, learning_rate):
    A = torch.tensor(A)
    return torch.linalg.matrix_norm(torch.eye(len(A), dtype=A.dtype) - learning_rate * A, 2)


# %% minibatches
def updates_per_epoch(N, batch_size):
    return int(np.ceil(N / batch_size))


def minibatches(N, batch_size, epochs, seed):
    rng = np.random.default_rng(seed)
    return [list(torch.split(torch.tensor(rng.permutation(N)), batch_size)) for _ in range(epochs)]


def full_gradient(gradients, sizes):
    stacked = torch.stack([torch.tensor(g) for g in gradients])
    sizes = torch.tensor(sizes, dtype=torch.float64)
    return (sizes / sizes.sum()) @ stacked


def sgd(gradient, X, y, start, learning_rate, batch_size, epochs, seed):
    w = torch.tensor(start)
    for epoch in minibatches(len(X), batch_size, epochs, seed):
        for rows in epoch:
            g = gradient(X[rows.numpy()], y[rows.numpy()], w.numpy())
            w = w - learning_rate * torch.as_tensor(g)
    return w


# %% schedules
def step_decay(t, base, factor, every):
    return torch.tensor(base, dtype=torch.float64) * factor ** ((t - t % every) // every)


def exponential_decay(t, base, factor):
    return base * torch.tensor(factor, dtype=torch.float64).pow(t)


def cosine_decay(t, base, final, total):
    angle = torch.tensor(t / total * torch.pi, dtype=torch.float64)
    return final + 0.5 * (base - final) * (1 + angle.cos())


def warmup_cosine(t, base, final, warmup, total):
    return (
        min(base * (t + 1) / warmup, base)
        if t < warmup
        else cosine_decay(t - warmup, base, final, total - warmup)
    )


# %% decay
def l2_step(step, params, grads, state, learning_rate, decay):
    grads = {
        key: torch.add(torch.as_tensor(grads[key]), torch.as_tensor(p), alpha=decay)
        for key, p in params.items()
    }
    return step(params, grads, state, learning_rate)


def decoupled_step(step, params, grads, state, learning_rate, decay):
    moved, state = step(params, grads, state, learning_rate)
    pull = learning_rate * decay
    return {
        key: torch.as_tensor(moved[key]) - pull * torch.as_tensor(p) for key, p in params.items()
    }, state


# %% minimum-norm
def split(A, x):
    A, x = torch.tensor(A), torch.tensor(x)
    _, _, V = torch.linalg.svd(A, full_matrices=False)
    row = V.mT @ (V @ x)
    return row, x - row


def descent_limit(A, b, start):
    A, b, start = torch.tensor(A), torch.tensor(b), torch.tensor(start)
    return start + torch.linalg.pinv(A) @ (b - A @ start)


# %% play
def play(step, C, rounds, start):
    x, state, path = start, None, torch.full((rounds + 1,), start, dtype=torch.float64)
    for t in range(rounds):
        x, state = step(x, -1.0 if t % 3 else C, state)
        x = float(torch.tensor(x, dtype=torch.float64).clamp(-1, 1))
        path[t + 1] = x
    return path


# %% momentum
import copy


def by_torch(optimiser, params, grads, state, **settings):
    names = sorted(params)
    leaves = [torch.nn.Parameter(torch.tensor(np.asarray(params[key]))) for key in names]
    walker = optimiser(leaves, **settings)
    if state:
        walker.load_state_dict(copy.deepcopy(state))
        walker.param_groups[0].update(settings)
    for key, leaf in zip(names, leaves, strict=True):
        leaf.grad = torch.tensor(np.asarray(grads[key]))
    walker.step()
    return {
        key: leaf.detach() for key, leaf in zip(names, leaves, strict=True)
    }, walker.state_dict()


def momentum_step(params, grads, velocity, learning_rate, beta, average):
    gain = 1 - beta if average else 1
    scaled = {key: gain * np.asarray(g) for key, g in grads.items()}
    settings = {"lr": learning_rate, "momentum": beta}
    return by_torch(torch.optim.SGD, params, scaled, velocity, **settings)


# %% normalised
def normalised_step(params, grads, learning_rate, eps):
    moved, _ = rmsprop_step(params, grads, None, learning_rate, 0.0, eps)
    return moved


def rmsprop_step(params, grads, state, learning_rate, gamma, eps):
    settings = {"lr": learning_rate, "alpha": gamma, "eps": eps}
    return by_torch(torch.optim.RMSprop, params, grads, state, **settings)


# %% adam
def adam_step(params, grads, state, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    settings = {"lr": learning_rate, "betas": tuple(betas), "eps": eps}
    return by_torch(torch.optim.Adam, params, grads, state, **settings)
