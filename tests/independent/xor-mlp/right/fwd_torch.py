"""torch from first to last

task: shallow
"""

# %% shallow
def forward(X, W1, b1, W2, b2, activation):
    X, W1, b1, W2, b2 = (torch.tensor(a) for a in (X, W1, b1, W2, b2))
    f = {"relu": torch.relu, "tanh": torch.tanh, "logistic": torch.sigmoid, "identity": torch.clone}[activation]
    return torch.addmm(b2, f(torch.addmm(b1, X, W1)), W2)


def count_parameters(sizes):
    first, second, *rest = sizes
    return (first + 1) * second + (count_parameters([second, *rest]) if rest else 0)
