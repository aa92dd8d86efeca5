"""Forward and backward are written for exactly one hidden layer.

fails: mlp
says: has 2 values, expected 4
tells: The forward and the backward pass are written for exactly one hidden layer.
"""


# %% mlp
def mlp_forward(X, weights, biases, activation):
    A_1 = X @ weights[0] + biases[0]
    H_1 = activate(A_1, activation)
    return [A_1, H_1 @ weights[1] + biases[1]], [X, H_1]


def mlp_backward(X, Y, weights, biases, activation):
    A, H = mlp_forward(X, weights, biases, activation)
    log_P = A[1] - A[1].max(axis=1, keepdims=True)
    log_P = log_P - np.log(np.exp(log_P).sum(axis=1, keepdims=True))
    slope = {
        "logistic": H[1] * (1 - H[1]),
        "tanh": 1 - H[1] ** 2,
        "relu": 1.0 * (H[1] > 0),
    }[activation]
    delta = (np.exp(log_P) - Y) / len(X)
    back = delta @ weights[1].T * slope
    loss = -np.sum(Y * log_P) / len(X)
    return loss, [X.T @ back, H[1].T @ delta], [back.sum(axis=0), delta.sum(axis=0)]
