"""The dual form: only the mistakes are kept, the pre-activation is a sum over all earlier updates, and w and b are computed at the end from the list of updates.

task: perceptron
"""

# %% perceptron
def perceptron(X, y, rows):
    updates = []

    def line():
        w, b = torch.zeros(X.shape[1], dtype=torch.float64), 0.0
        for n in updates:
            w, b = w + float(y[n]) * torch.tensor(X[n], dtype=torch.float64), b + float(y[n])
        return w, b

    for n in rows:
        w, b = line()
        said = 1 if float(w.numpy() @ X[n]) + b > 0 else -1
        if said != y[n]:
            updates.append(int(n))
    w, b = line()
    return w, torch.tensor(b), torch.tensor([updates.count(n) for n in range(len(X))])

# %% best-line
best_line = dict(b=3, w=(-2, -2))
