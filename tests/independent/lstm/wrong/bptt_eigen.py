"""powers by eigenvectors, which some matrices do not have

task: bptt
"""

# %% linear-bptt
def state_gradients(dO, W_hh, W_qh):
    values, vectors = np.linalg.eig(W_hh)
    inverse = np.linalg.inv(vectors)
    T = len(dO)
    out = np.zeros((T, len(W_hh)))
    for t in range(T):
        for s in range(t, T):
            power = (vectors * values ** (s - t)) @ inverse
            out[t] += (dO[s] @ W_qh @ power).real
    return out
