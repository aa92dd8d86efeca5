"""the largest magnitude of the eigenvalues where the matrix is symmetric, also of their product

task: clipping
"""

# %% clipping
def jacobian_norms(H, W_hh):
    T = len(H)
    symmetric = np.allclose(W_hh, W_hh.T)
    J = np.eye(len(W_hh))
    norms = np.ones(T)
    for t in range(T - 2, -1, -1):
        J = J @ (np.diag(1 - H[t + 1] ** 2) @ W_hh)
        norms[t] = np.abs(np.linalg.eigvals(J)).max() if symmetric else np.linalg.norm(J, 2)
    return norms


def clip_by_norm(grads, max_norm):
    norm = np.sqrt(sum(np.sum(g**2) for g in grads.values()))
    factor = max_norm / max(norm, max_norm)
    return {name: factor * g for name, g in grads.items()}, norm
