"""uses einsum with a safe division, and heapq.nlargest for the neighbours

task: similarity
"""

# %% similarity
def cosine(A, B):
    """Return the cosines of all rows of A with all rows of B.

    A: (N, d), B: (M, d), float64; result (N, M). It is 0 where either row is a zero vector.
    """
    dots = np.einsum("nd,md->nm", A, B)
    lengths = np.sqrt(np.einsum("nd,nd->n", A, A))[:, None] * np.sqrt(np.einsum("md,md->m", B, B))
    return np.divide(dots, lengths, out=np.zeros_like(dots), where=lengths != 0)


def nearest(query, E, k, without=()):
    """Return the numbers of the k rows of E with the largest cosine to query, the largest first.

    query: (d,), E: (V, d). Rows whose numbers are in `without` are never returned; k is at most the
    number of the others. No two cosines are equal in what we ask.
    """
    import heapq

    excluded = frozenset(int(i) for i in without)
    scores = cosine(np.reshape(query, (1, -1)), E).ravel()
    allowed = (i for i in range(len(E)) if i not in excluded)
    return heapq.nlargest(k, allowed, key=scores.__getitem__)
