"""Every layer becomes a matrix with one more row and column; they are multiplied from the right by reduce.

task: compose
"""

# %% compose
from functools import reduce


def collapse(weights, biases):
    def augmented(W, b):
        top = np.concatenate([W, np.zeros((W.shape[0], 1))], axis=1)
        return np.concatenate([top, np.append(b, 1.0)[None]], axis=0)

    whole = reduce(lambda right, left: left @ right, [augmented(*layer) for layer in reversed(list(zip(weights, biases)))])
    return whole[:-1, :-1], whole[-1, :-1]


def merge(phi0, phi, theta0, theta1):
    whole = torch.outer(torch.tensor(np.append(phi, phi0)), torch.tensor(np.asarray(theta1)))
    return whole[-1] + torch.tensor(np.asarray(theta0)), whole[:-1]
