"""jacobian_norms multiplies in the wrong order (J_(t+1) ... J_T); the same for the example of two matrices, wrong in general.

task: clipping
"""

# %% clipping
def jacobian_norms(H, W_hh):
    P = np.eye(H.shape[1])
    norms = [1.0]
    for h in H[:0:-1]:
        P = np.diag(1 - h**2) @ W_hh @ P
        norms.insert(0, np.linalg.norm(P, 2))
    return np.array(norms)


def clip_by_norm(grads, max_norm):
    norm = np.sqrt(sum(np.sum(g**2) for g in grads.values()))
    scale = max_norm / norm if norm > max_norm else 1.0
    return {name: g * scale for name, g in grads.items()}, norm
