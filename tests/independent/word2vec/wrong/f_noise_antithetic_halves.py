"""uses the numbers u for the first half of the batch and 1 - u for the second: rows n and n + B/2 depend on each other

task: noise
"""

# %% noise
def noise_distribution(counts, power=0.75):
    """Return count**power, scaled so that the sum is 1; counts: (V,), none negative; result (V,)."""
    q = np.asarray(counts, dtype=float) ** power
    return q / q.sum()


def draw_negatives(contexts, K, noise, seed):
    """Return an integer array (B, K) of ids, row n drawn from the noise without contexts[n].

    contexts: (B,) integer array. noise: (V,), adds up to 1, at least two entries above 0; ids with
    noise 0 never come up. The same seed gives the same draws, another seed gives others.
    """
    generator = np.random.default_rng(seed)
    contexts = np.asarray(contexts)
    B = len(contexts)
    u = generator.random(size=(-(-B // 2), K))
    u = np.concatenate([u, 1 - u])[:B]
    negatives = np.empty((B, K), dtype=int)
    for o in np.unique(contexts):
        q = np.where(np.arange(len(noise)) == o, 0.0, noise)
        limits = np.cumsum(q / q.sum())
        limits[np.flatnonzero(q)[-1] :] = 1.0
        rows = contexts == o
        negatives[rows] = np.searchsorted(limits, np.minimum(u[rows], 1 - 1e-16), side="right")
    return negatives
