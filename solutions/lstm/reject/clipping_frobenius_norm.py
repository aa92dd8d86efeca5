"""The Frobenius norm, the root of the sum of all squares, in place of the spectral norm.

fails: clipping
says: Frobenius
"""


# %% clipping
def jacobian_norms(H, W_hh):
    product = np.eye(len(W_hh))
    norms = [np.linalg.norm(product)]
    for h in H[:0:-1]:
        product = product @ ((1 - h**2)[:, None] * W_hh)
        norms.append(np.linalg.norm(product))
    return np.array(norms[::-1])


def clip_by_norm(grads, max_norm):
    norm = np.sqrt(sum(np.sum(g**2) for g in grads.values()))
    factor = max_norm / max(norm, max_norm)
    return {name: factor * g for name, g in grads.items()}, norm
