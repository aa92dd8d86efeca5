"""names are sorted and the arrays are not

task: clipping
"""

# %% clipping
def clip_by_norm(grads, max_norm):
    flat = np.concatenate([np.ravel(g) for g in grads.values()])
    norm = np.linalg.norm(flat)
    scale = 1.0 if norm <= max_norm else max_norm / norm
    return dict(zip(sorted(grads), [scale * g for g in grads.values()])), norm


def jacobian_norms(H, W_hh):
    product = np.eye(len(W_hh))
    norms = [1.0]
    for h in H[:0:-1]:
        product = product @ ((1 - h**2)[:, None] * W_hh)
        norms.append(np.linalg.norm(product, 2))
    return np.array(norms[::-1])
