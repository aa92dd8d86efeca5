"""adds repeated rows by products with one-hot matrices; the lines use exp(z) and brackets only where it is allowed

task: softmax
"""

# %% softmax
def softmax_gradients(W, U, centres, contexts):
    """Return (loss, dW, dU): the mean of −log P(context | centre) over the pairs, its gradients.

    W, U: (V, d) float64 arrays. centres, contexts: (B,) integer arrays; words may occur often.
    loss: a number; dW, dU: (V, d). No NaN or infinity for scores up to ±1000.
    """
    V, B = len(W), len(centres)
    C, T = np.eye(V)[centres], np.eye(V)[contexts]
    Z = C @ W @ U.T
    log_sum = np.logaddexp.reduce(Z, axis=1, keepdims=True)
    G = np.exp(Z - log_sum) - T
    loss = float(np.sum(T * (log_sum - Z)) / B)
    return loss, C.T @ G @ U / B, G.T @ C @ W / B

# %% softmax-lines
softmax_lines = {}
softmax_lines["db_dv"] = "(t @ U)"
softmax_lines["da_dz"] = "p * sum(t)"
softmax_lines["da_dv"] = "(exp(z) @ U) / sum(exp(z))"
softmax_lines["dl_dv"] = "U.T @ (exp(z) / sum(exp(z)) - t)"
softmax_lines["dl_dz"] = "-t + p"
softmax_lines["dl_dU"] = "outer(exp(z - log(sum(exp(z)))) - t, v)"
