"""Every entry is cut by itself: this is clipping by value, not by norm.

fails: clipping
says: by value
"""


# %% clipping
def jacobian_norms(H, W_hh):
    product = np.eye(len(W_hh))
    norms = [1.0]
    for h in H[:0:-1]:
        product = product @ ((1 - h**2)[:, None] * W_hh)
        norms.append(np.linalg.norm(product, 2))
    return np.array(norms[::-1])


def clip_by_norm(grads, max_norm):
    norm = np.sqrt(sum(np.sum(g**2) for g in grads.values()))
    return {name: np.clip(g, -max_norm, max_norm) for name, g in grads.items()}, norm
