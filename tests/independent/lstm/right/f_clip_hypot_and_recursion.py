"""Unusual: math.hypot over every entry; the jacobians' product by a generator that halves the sequence, its norm as the root of an eigenvalue after scaling; copies where nothing is clipped.

task: clipping
"""

# %% clipping
import math


def _stretch(M):
    size = np.abs(M).max()
    return size * math.sqrt(np.linalg.eigvalsh((M / size) @ (M / size).T)[-1]) if size else 0.0


def _products(H, W_hh):
    """dh_T/dh_t for t = 1, ..., T."""
    if len(H) == 1:
        yield np.eye(H.shape[1])
        return
    half = len(H) // 2
    late = list(_products(H[half:], W_hh))
    bridge = late[0] @ (W_hh * (1 - H[half] ** 2).reshape(-1, 1))
    for early in _products(H[:half], W_hh):
        yield bridge @ early
    yield from late


def jacobian_norms(H, W_hh):
    return np.array([_stretch(P) for P in _products(H, W_hh)])


def clip_by_norm(grads, max_norm):
    norm = math.hypot(*(float(v) for g in grads.values() for v in np.nditer(g, flags=["zerosize_ok"])))
    if norm <= max_norm:
        return {name: np.array(g, copy=True) for name, g in grads.items()}, norm
    return {name: np.multiply(g, max_norm / norm) for name, g in grads.items()}, norm

# %% own-powers
P, k, peak, below = my_matrix.copy(), 1, 0.0, 1
while k < 1000:
    size = float(np.sqrt(np.linalg.eigvalsh(P.T @ P).max()))
    peak = size if size > peak else peak
    if size >= 1:
        below = k + 1
    P = my_matrix @ P
    k += 1
my_powers = dict(below=below, peak=peak)
