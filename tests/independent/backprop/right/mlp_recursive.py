"""from the last layer down by recursion; ReLU's slope at 0 is 1

task: mlp
"""

# %% mlp
def mlp_forward(X, weights, biases, activation):
    A = X @ weights[0] + biases[0]
    if len(weights) == 1:
        return [A], [X]
    later_A, later_H = mlp_forward(activate(A, activation), weights[1:], biases[1:], activation)
    return [A, *later_A], [X, *later_H]

def mlp_backward(X, Y, weights, biases, activation):
    N = len(X)

    def walk(H, weights, biases):
        A = H @ weights[0] + biases[0]
        if len(weights) == 1:
            logP = A - np.logaddexp.reduce(A, axis=1, keepdims=True)
            loss, delta, dW, db = -np.sum(Y * logP) / N, (np.exp(logP) - Y) / N, (), ()
        else:
            up = activate(A, activation)
            loss, back, dW, db = walk(up, weights[1:], biases[1:])
            if activation == "relu":
                slope = A >= 0
            else:
                slope = up * (1 - up) if activation == "logistic" else (1 - up) * (1 + up)
            delta = back * slope
        return loss, delta @ weights[0].T, (H.T @ delta, *dW), (delta.sum(0), *db)

    loss, _, dW, db = walk(X, list(weights), list(biases))
    return float(loss), list(dW), list(db)
