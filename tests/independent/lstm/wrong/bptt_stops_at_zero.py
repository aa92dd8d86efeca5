"""stops where the signal is zero, although earlier outputs have something to say

task: bptt
"""

# %% linear-bptt
def state_gradients(dO, W_hh, W_qh):
    T = len(dO)
    out = np.zeros((T, len(W_hh)))
    signal = np.zeros(len(W_hh))
    for t in range(T - 1, -1, -1):
        signal = dO[t] @ W_qh + signal @ W_hh
        if np.linalg.norm(signal) < 1e-12:
            break
        out[t] = signal
    return out
