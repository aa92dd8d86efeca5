"""The norm comes from a power iteration that starts with ones, which never sees a singular vector such as (1, -1).

task: clipping
"""

# %% clipping
def largest_stretch(M, rounds=300):
    v = np.ones(M.shape[1])
    for _ in range(rounds):
        u = M.T @ (M @ v)
        size = np.linalg.norm(u)
        if size == 0:
            return 0.0
        v = u / size
    return np.linalg.norm(M @ v)


def jacobian_norms(H, W_hh):
    T, d_h = H.shape
    P, norms = np.eye(d_h), [1.0]
    for t in range(T - 1, 0, -1):
        P = P @ ((1 - H[t] ** 2)[:, None] * W_hh)
        norms.append(largest_stretch(P))
    return np.array(norms[::-1])


def clip_by_norm(grads, max_norm):
    norm = np.sqrt(sum(np.sum(g**2) for g in grads.values()))
    scale = max_norm / norm if norm > max_norm else 1.0
    return {name: g * scale for name, g in grads.items()}, norm
