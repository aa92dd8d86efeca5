"""the opposite direction is as near

task: similarity
"""

# %% similarity
def nearest(query, E, k, without=()):
    scores = np.abs(cosine(query[None], E)[0])
    return [int(i) for i in np.argsort(-scores) if i not in without][:k]


def cosine(A, B):
    products = A @ B.T
    lengths = np.outer(np.linalg.norm(A, axis=1), np.linalg.norm(B, axis=1))
    return np.divide(products, lengths, out=np.zeros_like(products), where=lengths > 0)
