"""The arrays are laid out in memory order (ravel('K')) and put back in C order, so a transposed array (A.T) comes back with its entries mixed up.

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
    flat = np.concatenate([np.ravel(g, order="K") for g in grads.values()])
    norm = np.sqrt(flat @ flat)
    if norm > max_norm:
        flat = flat * (max_norm / norm)
    clipped, start = {}, 0
    for name, g in grads.items():
        clipped[name] = flat[start : start + g.size].reshape(g.shape)
        start += g.size
    return clipped, norm
