"""cosines in float32

task: similarity
"""

# %% similarity
def cosine(A, B):
    A, B = np.asarray(A, dtype=np.float32), np.asarray(B, dtype=np.float32)
    lengths = np.outer(np.linalg.norm(A, axis=1), np.linalg.norm(B, axis=1))
    return np.where(lengths > 0, A @ B.T / np.where(lengths > 0, lengths, 1), 0)


def nearest(query, E, k, without=()):
    cosines = cosine(query[None], E)[0]
    return [int(row) for row in np.argsort(-cosines) if row not in without][:k]
