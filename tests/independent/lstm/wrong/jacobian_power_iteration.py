"""ten steps of power iteration from ones

task: clipping
"""

# %% clipping
def jacobian_norms(H, W_hh):
    T, d = H.shape
    J, norms = np.eye(d), np.ones(T)
    for t in range(T - 2, -1, -1):
        J = J @ ((1 - H[t + 1] ** 2)[:, None] * W_hh)
        v = np.ones(d)
        for _ in range(300):
            v = J.T @ (J @ v)
            v = v / max(np.linalg.norm(v), 1e-300)
        norms[t] = np.linalg.norm(J @ v)
    return norms


def clip_by_norm(grads, max_norm):
    norm = np.sqrt(sum(np.sum(g**2) for g in grads.values()))
    factor = max_norm / max(norm, max_norm)
    return {name: factor * g for name, g in grads.items()}, norm
