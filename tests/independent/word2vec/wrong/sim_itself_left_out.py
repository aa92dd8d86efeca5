"""a row equal to the query is always left out

task: similarity
"""

# %% similarity
def nearest(query, E, k, without=()):
    scores = cosine(query[None], E)[0]
    order = [int(i) for i in np.argsort(-scores) if i not in without]
    return [i for i in order if not np.array_equal(E[i], query)][:k]


def cosine(A, B):
    products = A @ B.T
    lengths = np.outer(np.linalg.norm(A, axis=1), np.linalg.norm(B, axis=1))
    return np.divide(products, lengths, out=np.zeros_like(products), where=lengths > 0)
