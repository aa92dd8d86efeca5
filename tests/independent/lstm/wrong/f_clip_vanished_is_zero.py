"""Once a norm is below 1e-6 all earlier ones are returned as 0, though they are small and not zero.

task: clipping
"""

# %% clipping
def jacobian_norms(H, W_hh):
    T = len(H)
    norms = np.zeros(T)
    norms[-1] = 1
    P = np.eye(len(W_hh))
    for t in range(T - 2, -1, -1):
        P = P @ ((1 - H[t + 1] ** 2)[:, None] * W_hh)
        norms[t] = np.linalg.norm(P, 2)
        if norms[t] < 1e-6:
            norms[t] = 0
            break  # vanished
    return norms


def clip_by_norm(grads, max_norm):
    norm = np.sqrt(sum(np.sum(g**2) for g in grads.values()))
    scale = max_norm / norm if norm > max_norm else 1.0
    return {name: g * scale for name, g in grads.items()}, norm
