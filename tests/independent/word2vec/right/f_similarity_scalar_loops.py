"""works with math.hypot and math.fsum one entry at a time, and takes the largest k times

task: similarity
"""

# %% similarity
def cosine(A, B):
    """Return the cosines of all rows of A with all rows of B.

    A: (N, d), B: (M, d), float64; result (N, M). It is 0 where either row is a zero vector.
    """
    import math

    def one(a, b):
        la, lb = math.hypot(*a), math.hypot(*b)
        if la == 0 or lb == 0:
            return 0.0
        return math.fsum((x / la) * (y / lb) for x, y in zip(a, b))

    return [[one(a, b) for b in B.tolist()] for a in A.tolist()]


def nearest(query, E, k, without=()):
    """Return the numbers of the k rows of E with the largest cosine to query, the largest first.

    query: (d,), E: (V, d). Rows whose numbers are in `without` are never returned; k is at most the
    number of the others. No two cosines are equal in what we ask.
    """
    scores = dict(enumerate(cosine(np.array([query]), E)[0]))
    for i in without:
        scores.pop(int(i), None)
    found = []
    while len(found) < k:
        best = max(scores, key=scores.get)
        found.append(best)
        del scores[best]
    return found
