"""draws K words once and gives them to all pairs, drawing anew only where one equals the context: the rows are not independent

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
    shared = generator.choice(len(noise), size=K, p=noise)
    negatives = np.tile(shared, (len(contexts), 1))
    bad = negatives == contexts[:, None]
    while bad.any():
        negatives[bad] = generator.choice(len(noise), size=bad.sum(), p=noise)
        bad = negatives == contexts[:, None]
    return negatives
