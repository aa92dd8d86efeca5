"""Goes down by recursion and builds the gradients on the way back; relu has slope 1 at 0 (allowed).

task: mlp
"""

# %% mlp
def mlp_forward(X, weights, biases, activation):
    if len(weights) == 1:
        return [X @ weights[0] + biases[0]], [X]
    first = X @ weights[0] + biases[0]
    A, H = mlp_forward(activate(first, activation), weights[1:], biases[1:], activation)
    return [first, *A], [X, *H]


def mlp_backward(X, Y, weights, biases, activation):
    A, H = mlp_forward(X, weights, biases, activation)
    top = A[-1].max(axis=1)
    log_sum = top + np.log(np.exp(A[-1] - top[:, None]).sum(axis=1))
    right_one = np.argmax(Y, axis=1)
    loss = (log_sum - A[-1][np.arange(len(Y)), right_one]).mean()
    P = np.exp(A[-1] - log_sum[:, None])
    P[np.arange(len(Y)), right_one] -= 1

    def prime(a):
        if activation == "relu":
            return (a >= 0) * 1.0
        if activation == "tanh":
            return 1 - np.tanh(a) ** 2
        return logistic(a) * logistic(-a)

    def down(l, delta):
        """Return the gradients of layers 0 to l."""
        here = (H[l].T @ delta, delta.sum(axis=0))
        if l == 0:
            return [here]
        return [*down(l - 1, prime(A[l - 1]) * (delta @ weights[l].T)), here]

    pairs = down(len(weights) - 1, P / len(Y))
    return float(loss), [g for g, _ in pairs], [g for _, g in pairs]
