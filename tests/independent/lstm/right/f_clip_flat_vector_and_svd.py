"""Unusual: singular values of all products at once; the gradients as one flat vector, scaled by max_norm / max(norm, max_norm), and cut up again.

task: clipping
"""

# %% clipping
def jacobian_norms(H, W_hh):
    products = [np.eye(len(W_hh))]
    for h in reversed(H[1:]):
        products.append(products[-1] @ np.diag(1 - h * h) @ W_hh)
    return np.linalg.svd(np.array(products[::-1]), compute_uv=False).max(axis=1)


def clip_by_norm(grads, max_norm):
    flat = np.concatenate([np.zeros(0)] + [np.asarray(g, dtype=float).ravel() for g in grads.values()])
    norm = float(np.linalg.norm(flat))
    flat = flat * (max_norm / max(norm, max_norm))
    ends = np.cumsum([np.size(g) for g in grads.values()], dtype=int)
    pieces = np.split(flat, ends[:-1]) if len(grads) else []
    return {k: p.reshape(np.shape(g)) for (k, g), p in zip(grads.items(), pieces)}, norm

# %% own-powers
# Closed form: A^k = [[a^k, u (d^k - a^k)/(d - a)], [0, d^k]].
(a, u), (_, d) = my_matrix
sizes = {}
for k in range(1, 400):
    corner = u * (d**k - a**k) / (d - a)
    frobenius, determinant = a ** (2 * k) + corner**2 + d ** (2 * k), (a * d) ** k
    sizes[k] = ((frobenius + (max(frobenius**2 - 4 * determinant**2, 0)) ** 0.5) / 2) ** 0.5
my_powers = {"peak": max(sizes.values()), "below": 1 + max(k for k in sizes if sizes[k] >= 1)}
