"""batches popped off a shuffled list, sums by loops

task: minibatches
"""

# %% minibatches
def updates_per_epoch(N, batch_size):
    return len(range(0, N, batch_size))


def minibatches(N, batch_size, epochs, seed):
    rng, result = np.random.default_rng(seed), []
    while len(result) < epochs:
        left = list(range(N))
        rng.shuffle(left)
        epoch = []
        while left:
            epoch.append(np.array(left[:batch_size]))
            del left[:batch_size]
        result.append(epoch)
    return result


def full_gradient(gradients, sizes):
    share = torch.tensor(sizes, dtype=torch.float64) / sum(sizes)
    return sum(p * torch.as_tensor(g) for p, g in zip(share, gradients, strict=True))


def sgd(gradient, X, y, start, learning_rate, batch_size, epochs, seed):
    w = np.array(start, dtype=np.float64)
    for rows in sum(minibatches(len(X), batch_size, epochs, seed), []):
        w -= learning_rate * np.asarray(gradient(X[rows], y[rows], w.copy()))
    return w
