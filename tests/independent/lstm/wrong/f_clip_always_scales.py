"""Gradients shorter than max_norm are made longer: the minimum with 1 is missing.

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
    norm = np.sqrt(sum(np.sum(g**2) for g in grads.values()))
    if norm == 0:
        return dict(grads), 0.0
    return {name: g * (max_norm / norm) for name, g in grads.items()}, norm
