"""The first gradient is summed up, the others follow by solving with W_hh: fails for a singular W_hh, and explodes over long sequences with a small one.

task: bptt
"""

# %% linear-bptt
def state_gradients(dO, W_hh, W_qh):
    local = dO @ W_qh
    g = sum(local[s] @ np.linalg.matrix_power(W_hh, s) for s in range(len(dO)))
    rows = [g]
    for t in range(len(dO) - 1):
        # g_t = local_t + g_(t+1) @ W_hh, turned round.
        g = np.linalg.solve(W_hh.T, g - local[t])
        rows.append(g)
    return np.array(rows)
