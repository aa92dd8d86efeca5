"""a single row loses its axis

task: similarity
"""

# %% similarity
def cosine(A, B):
    lengths = np.outer(np.linalg.norm(A, axis=1), np.linalg.norm(B, axis=1))
    products = A @ B.T
    out = np.divide(products, lengths, out=np.zeros_like(products), where=lengths > 0)
    return out[0] if len(A) == 1 else out


def nearest(query, E, k, without=()):
    order = np.argsort(-cosine(query[None], E))
    return [int(i) for i in order if i not in without][:k]
