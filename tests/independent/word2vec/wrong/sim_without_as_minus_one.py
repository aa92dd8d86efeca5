"""left-out rows get the cosine -1, which the opposite has, too

task: similarity
"""

# %% similarity
def nearest(query, E, k, without=()):
    scores = np.array(cosine(query[None], E)[0])
    scores[list(without)] = -1
    return [int(i) for i in np.argsort(-scores, kind="stable")[:k]]


def cosine(A, B):
    products = A @ B.T
    lengths = np.outer(np.linalg.norm(A, axis=1), np.linalg.norm(B, axis=1))
    return np.divide(products, lengths, out=np.zeros_like(products), where=lengths > 0)
