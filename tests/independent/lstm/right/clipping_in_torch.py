"""torch's norms; arrays as they are in a new dictionary where nothing is clipped

task: clipping
"""

# %% clipping
def jacobian_norms(H, W_hh):
    H, W = torch.tensor(H), torch.tensor(W_hh)
    J, out = torch.eye(len(W), dtype=W.dtype), [torch.tensor(1.0, dtype=W.dtype)]
    for t in range(len(H) - 1, 0, -1):
        J = J @ torch.diag(1 - H[t] ** 2) @ W
        out.append(torch.linalg.svdvals(J)[0])
    return torch.stack(out).flip(0)


def clip_by_norm(grads, max_norm):
    n = float(np.linalg.norm([np.linalg.norm(np.ravel(g)) for g in grads.values()]))
    if n <= max_norm:
        return dict(grads), n
    return {k: np.asarray(g) * (max_norm / n) for k, g in grads.items()}, n
