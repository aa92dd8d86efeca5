"""computes in float32, wrong by far more than 1e-7 relative for nearly perpendicular vectors

task: similarity
"""

# %% similarity
def cosine(A, B):
    """Return the cosines of all rows of A with all rows of B.

    A: (N, d), B: (M, d), float64; result (N, M). It is 0 where either row is a zero vector.
    """
    a, b = np.asarray(A, dtype=np.float32), np.asarray(B, dtype=np.float32)
    lengths = np.sqrt((a**2).sum(axis=1))[:, None] * np.sqrt((b**2).sum(axis=1))[None, :]
    result = np.zeros(lengths.shape)
    np.divide(a @ b.T, lengths, out=result, where=lengths > 0)
    return result


def nearest(query, E, k, without=()):
    """Return the numbers of the k rows of E with the largest cosine to query, the largest first.

    query: (d,), E: (V, d). Rows whose numbers are in `without` are never returned; k is at most the
    number of the others. No two cosines are equal in what we ask.
    """
    scores = cosine(query[None, :], E)[0]
    order = [int(i) for i in np.argsort(-scores) if i not in without]
    return order[:k]
