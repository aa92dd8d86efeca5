"""the factor of the first call with these names is used for all

task: clipping
"""

# %% clipping
_norms = {}


def clip_by_norm(grads, max_norm):
    key = tuple(grads)
    norm = np.sqrt(sum(np.sum(g**2) for g in grads.values()))
    _norms[key] = max(norm, _norms.get(key, 0.0))
    scale = min(1.0, max_norm / max(_norms[key], 1e-300))
    return {name: g * scale for name, g in grads.items()}, norm


def jacobian_norms(H, W_hh):
    product = np.eye(len(W_hh))
    norms = [1.0]
    for h in H[:0:-1]:
        product = product @ ((1 - h**2)[:, None] * W_hh)
        norms.append(np.linalg.norm(product, 2))
    return np.array(norms[::-1])
