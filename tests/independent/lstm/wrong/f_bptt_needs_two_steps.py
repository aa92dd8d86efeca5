"""state_gradients writes its last two rows by hand, and raises an IndexError for T = 1.

task: bptt
"""

# %% linear-bptt
def state_gradients(dO, W_hh, W_qh):
    G = np.zeros((dO.shape[0], W_hh.shape[0]))
    G[-1] = W_qh.T @ dO[-1]
    G[-2] = W_qh.T @ dO[-2] + W_hh.T @ G[-1]
    for t in reversed(range(len(dO) - 2)):
        G[t] = W_qh.T @ dO[t] + W_hh.T @ G[t + 1]
    return G
