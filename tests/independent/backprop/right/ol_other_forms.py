"""tanh for the logistic function, loops for the Jacobian, logaddexp for the loss

task: output-layers
"""

# %% output-layers
def squared_error_delta(a, y):
    t = np.tanh(a / 2)
    return ((1 + t) / 2 - y) * (1 - t) * (1 + t) / 4

def cross_entropy_delta(a, y):
    return [1 / (1 + np.exp(-x)) - t if x > 0 else np.exp(x) / (1 + np.exp(x)) - t for x, t in zip(a, y)]

def softmax_jacobian(z):
    p = torch.softmax(torch.tensor(z), 0).tolist()
    return [[p[i] * ((i == j) - p[j]) for j in range(len(p))] for i in range(len(p))]

def softmax_cross_entropy(Z, Y):
    logP = Z - np.logaddexp.reduce(Z, axis=1)[:, None]
    return np.mean(-np.einsum("nk,nk->n", Y, logP)), np.divide(np.exp(logP) - Y, len(Z))
