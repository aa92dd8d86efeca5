"""a matrix of shares for each example

task: cbow
"""

# %% cbow
def cbow_gradients(W, U, contexts, centres):
    B, V = len(contexts), len(W)
    A = np.zeros((B, V))
    for n, context in enumerate(contexts):
        for i in context:
            A[n, i] += 1 / len(context)
    h = A @ W
    Z = h @ U.T
    top = Z.max(axis=1)
    log_sum = top + np.log(np.exp(Z - top[:, None]).sum(axis=1))
    P = np.exp(Z - log_sum[:, None])
    T = np.eye(V)[centres]
    G = (P - T) / B
    return (log_sum - (Z * T).sum(axis=1)).mean(), A.T @ (G @ U), G.T @ h
