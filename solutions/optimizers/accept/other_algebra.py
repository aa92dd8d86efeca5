"""The same formulas in another order, and lines that say the same in other words."""


# %% regression
def squared_gradient(X, y, w):
    return (X.T @ X @ w - X.T @ y) / len(y)


def logistic_gradient(X, y, w):
    return np.mean(X * (logistic(X @ w) - y)[:, None], axis=0)


def least_squares(X, y):
    Q, R = np.linalg.qr(X)
    return np.linalg.solve(R, Q.T @ y)


# %% learning-rate-lines
learning_rate_lines = {"dx1_dx": "1 - a*eta", "dx3_dx": "1 - 3*a*eta + 3*(a*eta)**2 - (a*eta)**3"}


# %% learning-rate
def learning_rate_limit(A):
    return 2 / np.linalg.norm(A, 2)


def worst_factor(A, learning_rate):
    values = np.linalg.eigvals(A).real
    return max(1 - learning_rate * values.min(), learning_rate * values.max() - 1)


# %% own-rates
my_rates = {"limit": None, "best": None, "steps": None}
values = np.linalg.eigvals(my_matrix)
my_rates["limit"] = round(2 / max(values), 5)
my_rates["best"] = round(2 / np.trace(my_matrix), 5)
distance, my_rates["steps"] = 1.0, 0
while distance > 1 / 1000:
    distance *= max(abs(1 - 2 / sum(values) * values))
    my_rates["steps"] += 1


# %% momentum
def momentum_step(params, grads, velocity, learning_rate, beta, average):
    velocity = velocity or dict.fromkeys(params, 0)
    change = {key: g if not average else g - beta * g for key, g in grads.items()}
    velocity = {key: change[key] + velocity[key] * beta for key in change}
    return {key: velocity[key] * -learning_rate + params[key] for key in params}, velocity


# %% own-torch
torch_settings = {
    "sum": {"lr": my_momentum["eta"], "momentum": my_momentum["beta"], "dampening": 0.0},
    "average": {
        "lr": my_momentum["eta"] - my_momentum["eta"] * my_momentum["beta"],
        "momentum": my_momentum["beta"],
        "dampening": 0,
    },
}


# %% own-cycle
high = my_walk["x0"] % my_walk["eta"]
my_cycle = {"low": round(high - my_walk["eta"], 6), "high": round(high, 6)}


# %% adam-lines
adam_lines = {
    "dm4_dg4": "1 - beta",
    "dm4_dg1": "beta**3 - beta**4",
    "dn4_dg": "(1 - beta)*(1 + beta + beta**2 + beta**3)",
    "du_deta": "sqrt((1 - beta1)**2/(1 - beta2))",
}


# %% adam
def adam_step(params, grads, state, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    b1, b2 = betas
    t, means, sizes = state or (0, {}, {})
    t += 1
    # The root of the second average is kept, and nothing is divided but once.
    means = {
        key: means.get(key, 0) + (1 - b1) * (g - means.get(key, 0)) for key, g in grads.items()
    }
    sizes = {
        key: np.hypot(b2**0.5 * sizes.get(key, 0), (1 - b2) ** 0.5 * g) for key, g in grads.items()
    }
    root = (1 - b2**t) ** 0.5
    moved = {
        key: params[key]
        - learning_rate / (1 - b1**t) * root * means[key] / (sizes[key] + root * eps)
        for key in params
    }
    return moved, (t, means, sizes)


# %% schedules
def step_decay(t, base, factor, every):
    return base * np.exp(np.log(factor) * np.floor(t / every))


def exponential_decay(t, base, factor):
    return base * np.exp(t * np.log(factor))


def cosine_decay(t, base, final, total):
    return base - (base - final) * np.sin(np.pi * t / (2 * total)) ** 2


def warmup_cosine(t, base, final, warmup, total):
    rates = [base * (i + 1) / warmup for i in range(warmup)]
    rates += [cosine_decay(i, base, final, total - warmup) for i in range(total - warmup + 1)]
    return rates[t]


# %% decay
def l2_step(step, params, grads, state, learning_rate, decay):
    return step(params, {k: decay * params[k] + g for k, g in grads.items()}, state, learning_rate)


def decoupled_step(step, params, grads, state, learning_rate, decay):
    # As torch does it: first the weights shrink, then comes the step.
    moved, state = step(params, grads, state, learning_rate)
    kept = 1 - learning_rate * decay
    return {k: kept * p + (moved[k] - p) for k, p in params.items()}, state


# %% minimum-norm-lines
minimum_norm_lines = {"dR_dr": "A @ x - b", "dR_dx": "dR_dr @ A"}


# %% minimum-norm
def split(A, x):
    null = x - np.linalg.lstsq(A, A @ x, rcond=None)[0]
    return x - null, null


def descent_limit(A, b, start):
    _, null = split(A, start)
    return np.linalg.pinv(A) @ b + null


# %% own-drift
C = my_game["C"]
b = 1 / (1 + C**2)
v = (1 - b) * (C**2 + b + b**2) / (1 - b**3)
roots = [v**0.5, (b * v + 1 - b) ** 0.5, (b**2 * v + (b + 1) * (1 - b)) ** 0.5]
my_drift = {
    "sgd": -(C - 2),
    "adam": round(-C / roots[0] + 1 / roots[1] + 1 / roots[2], 8),
    "amsgrad": round(-(C - 2) / max(roots), 8),
}
