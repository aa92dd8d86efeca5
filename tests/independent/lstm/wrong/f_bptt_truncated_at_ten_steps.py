"""state_gradients follows a signal ten steps back only (truncated backpropagation), wrong for T > 11.

task: bptt
"""

# %% linear-bptt
def state_gradients(dO, W_hh, W_qh):
    T = len(dO)
    local = dO @ W_qh
    G = np.zeros_like(local)
    for t in range(T):
        signal = np.zeros(W_hh.shape[0])
        for s in range(min(T - 1, t + 10), t - 1, -1):
            signal = local[s] + signal @ W_hh
        G[t] = signal
    return G
