"""arrays with one entry come back as numbers in one axis

task: clipping
"""

# %% clipping
def clip_by_norm(grads, max_norm):
    norm = np.sqrt(sum(np.sum(np.asarray(g) ** 2) for g in grads.values()))
    scale = min(1.0, max_norm / norm) if norm > 0 else 1.0
    return {name: np.squeeze(np.asarray(g) * scale) for name, g in grads.items()}, norm


def jacobian_norms(H, W_hh):
    product = np.eye(len(W_hh))
    norms = [1.0]
    for h in H[:0:-1]:
        product = product @ ((1 - h**2)[:, None] * W_hh)
        norms.append(np.linalg.norm(product, 2))
    return np.array(norms[::-1])
