"""draws from a table of 1,000 slots that are filled by rounding, so that words with noise below 0.0005 never come up

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
    table = np.repeat(np.arange(len(noise)), np.rint(1000 * np.asarray(noise)).astype(int))
    contexts = np.asarray(contexts)
    negatives = table[generator.integers(len(table), size=(len(contexts), K))]
    while True:
        bad = negatives == contexts[:, None]
        if not bad.any():
            return negatives
        negatives[bad] = table[generator.integers(len(table), size=bad.sum())]
