"""A zero vector gives NaN: zero is divided by zero.

fails: similarity
says: NaN
tells: A zero vector gives NaN: zero is divided by zero.
"""


# %% similarity
def cosine(A, B):
    products = A @ B.T
    lengths = np.outer(np.linalg.norm(A, axis=1), np.linalg.norm(B, axis=1))
    return products / lengths


def nearest(query, E, k, without=()):
    cosines = cosine(query[None], E)[0]
    return [int(row) for row in np.argsort(-cosines) if row not in without][:k]
