"""torch with addmm and its own activations, returned as a tensor; the count by building no layer.

task: shallow
"""

# %% shallow
def forward(X, W1, b1, W2, b2, activation):
    act = {
        "relu": lambda a: a.clamp(min=0),
        "tanh": lambda a: a.tanh(),
        "logistic": lambda a: torch.special.expit(a),
        "identity": lambda a: a,
    }[activation]
    X, W1, b1, W2, b2 = (torch.from_numpy(np.array(part, dtype=np.float64)) for part in (X, W1, b1, W2, b2))
    return torch.addmm(b2, act(torch.addmm(b1, X, W1)), W2)


def count_parameters(sizes):
    total, before = 0, None
    for size in sizes:
        if before is not None:
            total += size * (before + 1)
        before = size
    return total
