"""short vectors are taken for zero vectors

task: similarity
"""

# %% similarity
def cosine(A, B):
    a, b = np.linalg.norm(A, axis=1), np.linalg.norm(B, axis=1)
    a, b = np.where(a < 1e-4, np.inf, a), np.where(b < 1e-4, np.inf, b)
    return (A / a[:, None]) @ (B / b[:, None]).T


def nearest(query, E, k, without=()):
    cosines = cosine(query[None], E)[0]
    return [int(row) for row in np.argsort(-cosines) if row not in without][:k]
