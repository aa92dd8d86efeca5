"""computes NaN for zero rows of E, which argsort puts last instead of at cosine 0, before the negative ones

task: similarity
"""

# %% similarity
def cosine(A, B):
    """Return the cosines of all rows of A with all rows of B.

    A: (N, d), B: (M, d), float64; result (N, M). It is 0 where either row is a zero vector.
    """
    a, b = np.linalg.norm(A, axis=1), np.linalg.norm(B, axis=1)
    a, b = np.where(a == 0, 1, a), np.where(b == 0, 1, b)
    return (A / a[:, None]) @ (B / b[:, None]).T


def nearest(query, E, k, without=()):
    """Return the numbers of the k rows of E with the largest cosine to query, the largest first.

    query: (d,), E: (V, d). Rows whose numbers are in `without` are never returned; k is at most the
    number of the others. No two cosines are equal in what we ask.
    """
    with np.errstate(all="ignore"):
        scores = E @ query / (np.linalg.norm(E, axis=1) * np.linalg.norm(query))
    order = [i for i in np.argsort(-scores).tolist() if i not in set(without)]
    return order[:k]
