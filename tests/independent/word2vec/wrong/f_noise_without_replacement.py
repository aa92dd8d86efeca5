"""draws the negatives of a pair without replacement, so that no word comes up twice for a pair (and K must be below V)

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
    rows = []
    for o in contexts:
        p = np.array(noise, dtype=float)
        p[o] = 0
        p /= p.sum()
        rows.append(generator.choice(len(p), size=K, replace=False, p=p))
    return np.array(rows)
