"""scales the rows of A and B in place, so that the caller's vectors have length 1 afterwards

task: similarity
"""

# %% similarity
def cosine(A, B):
    """Return the cosines of all rows of A with all rows of B.

    A: (N, d), B: (M, d), float64; result (N, M). It is 0 where either row is a zero vector.
    """
    for M in (A, B):
        lengths = np.linalg.norm(M, axis=1, keepdims=True)
        lengths[lengths == 0] = 1
        M /= lengths
    return A @ B.T


def nearest(query, E, k, without=()):
    """Return the numbers of the k rows of E with the largest cosine to query, the largest first.

    query: (d,), E: (V, d). Rows whose numbers are in `without` are never returned; k is at most the
    number of the others. No two cosines are equal in what we ask.
    """
    scores = cosine(query[None, :], E)[0]
    order = [int(i) for i in np.argsort(-scores) if i not in without]
    return order[:k]
