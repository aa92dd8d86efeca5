"""spreads the K draws of a row evenly over the distribution (one offset plus k/K): each is right by itself, but they depend on each other

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
    noise = np.asarray(noise, dtype=float)
    rows = []
    for o in contexts:
        q = noise.copy()
        q[o] = 0
        limits = np.cumsum(q / q.sum())
        u = (generator.random() + np.arange(K) / K) % 1
        last = np.flatnonzero(q)[-1]
        rows.append(generator.permutation(np.minimum(np.searchsorted(limits, u, side="right"), last)))
    return np.array(rows)
