"""one row of random numbers for the whole text, arrays in a list

task: subsample
"""

# %% subsample
def keep_probability(counts, threshold):
    total = float(sum(counts))
    return [min(1.0, (threshold * total / float(c)) ** 0.5) for c in counts]


def subsample(sentences, keep, seed):
    u = iter(np.random.default_rng(seed).uniform(size=sum(map(len, sentences))))
    keep = np.asarray(keep)
    out = []
    for s in sentences:
        s = np.asarray(s, dtype=int)
        throws = np.array([next(u) for _ in s])
        out.append(s[throws < keep[s]].tolist())
    return out
