"""nested lists and plain sums

task: similarity
"""

# %% similarity
def cosine(A, B):
    def dot(a, b):
        return sum(float(x) * float(y) for x, y in zip(a, b))

    out = []
    for a in A:
        row = []
        for b in B:
            lengths = dot(a, a) ** 0.5 * dot(b, b) ** 0.5
            row.append(dot(a, b) / lengths if lengths else 0.0)
        out.append(row)
    return out


def nearest(query, E, k, without=()):
    scores = cosine([query], E)[0]
    left = set(range(len(E))) - set(without)
    return np.array(sorted(left, key=scores.__getitem__, reverse=True)[:k], dtype=int)
