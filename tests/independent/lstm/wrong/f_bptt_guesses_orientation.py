"""state_gradients guesses from the shapes whether W_qh needs a transpose, and guesses wrong for d_q = d_h.

task: bptt
"""

# %% linear-bptt
def state_gradients(dO, W_hh, W_qh):
    T, d_q = dO.shape
    Q = W_qh if W_qh.shape[1] == d_q else W_qh.T    # so that Q has d_q columns
    G = [Q @ dO[-1]]
    for t in range(T - 2, -1, -1):
        G.append(Q @ dO[t] + W_hh.T @ G[-1])
    return np.array(G[::-1])
