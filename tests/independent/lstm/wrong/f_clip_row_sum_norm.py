"""The norm is the largest row sum instead of the largest singular value, equal only if each row and column has one entry.

task: clipping
"""

# %% clipping
def jacobian_norms(H, W_hh):
    T, d_h = H.shape
    P, norms = np.eye(d_h), [1.0]
    for t in range(T - 1, 0, -1):
        P = P @ ((1 - H[t] ** 2)[:, None] * W_hh)
        norms.append(np.abs(P).sum(axis=1).max())
    return np.array(norms[::-1])


def clip_by_norm(grads, max_norm):
    norm = np.sqrt(sum(np.sum(g**2) for g in grads.values()))
    scale = max_norm / norm if norm > max_norm else 1.0
    return {name: g * scale for name, g in grads.items()}, norm
