"""The powers of W_hh come from its eigenvectors, wrong for a matrix that has too few of them, such as [[0.5, 1], [0, 0.5]].

task: bptt
"""

# %% linear-bptt
def state_gradients(dO, W_hh, W_qh):
    T = len(dO)
    values, V = np.linalg.eig(W_hh.T)
    coefficients = np.linalg.solve(V, W_qh.T @ dO.T)
    G = np.empty((T, len(W_hh)))
    for t in range(T):
        n = np.arange(T - t)
        G[t] = (V @ (coefficients[:, t:] * values[:, None] ** n).sum(axis=1)).real
    return G
