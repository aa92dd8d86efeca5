"""`nearest` goes by the product: long vectors come first, whatever their direction.

fails: similarity
says: are the lengths divided out
tells: `nearest` goes by the product: long vectors come first, whatever their direction.
"""


# %% similarity
def cosine(A, B):
    products = A @ B.T
    lengths = np.outer(np.linalg.norm(A, axis=1), np.linalg.norm(B, axis=1))
    return np.divide(products, lengths, out=np.zeros_like(products), where=lengths > 0)


def nearest(query, E, k, without=()):
    cosines = E @ query
    return [int(row) for row in np.argsort(-cosines) if row not in without][:k]
