"""The dictionary is new, but its arrays are the caller's own, scaled in place.

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
    clipped = dict(grads)
    norm = float(np.sqrt(sum((g * g).sum() for g in clipped.values())))
    if norm > max_norm:
        for g in clipped.values():
            g *= max_norm / norm
    return clipped, norm
