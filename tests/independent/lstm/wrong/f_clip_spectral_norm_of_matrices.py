"""clip_by_norm takes np.linalg.norm(g, 2) of each array, which for a matrix is the spectral norm and not the root of the sum of squares.

task: clipping
"""

# %% clipping
def jacobian_norms(H, W_hh):
    T, d_h = H.shape
    P, norms = np.eye(d_h), [1.0]
    for t in range(T - 1, 0, -1):
        P = P @ ((1 - H[t] ** 2)[:, None] * W_hh)
        norms.append(np.linalg.norm(P, 2))
    return np.array(norms[::-1])


def clip_by_norm(grads, max_norm):
    norm = np.sqrt(sum(np.linalg.norm(g, 2) ** 2 for g in grads.values()))
    if norm > max_norm:
        return {name: g * max_norm / norm for name, g in grads.items()}, norm
    return {name: g.copy() for name, g in grads.items()}, norm
