"""1e-8 is added to the lengths

task: similarity
"""

# %% similarity
def cosine(A, B):
    return (A @ B.T) / (np.outer(np.linalg.norm(A, axis=1), np.linalg.norm(B, axis=1)) + 1e-8)


def nearest(query, E, k, without=()):
    cosines = cosine(query[None], E)[0]
    return [int(row) for row in np.argsort(-cosines) if row not in without][:k]
