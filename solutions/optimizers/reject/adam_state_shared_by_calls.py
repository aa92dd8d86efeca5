"""The averages live in a default argument, which all calls share: a second walk begins with those of the first.

fails: adam
says: take turns
"""


# %% adam
def adam_step(
    params,
    grads,
    state,
    learning_rate=1e-3,
    betas=(0.9, 0.999),
    eps=1e-8,
    kept={"t": 0},  # noqa: B006
):
    kept["t"] += 1
    moved = {}
    for name in params:
        m, v = kept.get(name, (0.0, 0.0))
        m = betas[0] * m + (1 - betas[0]) * grads[name]
        v = betas[1] * v + (1 - betas[1]) * grads[name] ** 2
        kept[name] = m, v
        mean = m / (1 - betas[0] ** kept["t"])
        size = np.sqrt(v / (1 - betas[1] ** kept["t"]))
        moved[name] = params[name] - learning_rate * mean / (size + eps)
    return moved, True
