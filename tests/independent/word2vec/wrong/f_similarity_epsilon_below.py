"""adds 1e-9 to the product of the lengths, wrong for short vectors (lengths about 1e-6), although the lengths do not matter

task: similarity
"""

# %% similarity
def cosine(A, B):
    """Return the cosines of all rows of A with all rows of B.

    A: (N, d), B: (M, d), float64; result (N, M). It is 0 where either row is a zero vector.
    """
    lengths = np.outer(np.linalg.norm(A, axis=1), np.linalg.norm(B, axis=1))
    return (A @ B.T) / (lengths + 1e-9)


def nearest(query, E, k, without=()):
    """Return the numbers of the k rows of E with the largest cosine to query, the largest first.

    query: (d,), E: (V, d). Rows whose numbers are in `without` are never returned; k is at most the
    number of the others. No two cosines are equal in what we ask.
    """
    scores = cosine(query[None, :], E)[0]
    order = [int(i) for i in np.argsort(-scores) if i not in without]
    return order[:k]
