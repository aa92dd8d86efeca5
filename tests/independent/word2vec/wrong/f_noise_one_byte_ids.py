"""returns the ids as uint8, so that ids from 256 on are wrong

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
    negatives = generator.choice(len(noise), size=(len(contexts), K), p=noise)
    for n in range(len(contexts)):
        while (hits := np.flatnonzero(negatives[n] == contexts[n])).size:
            negatives[n, hits] = generator.choice(len(noise), size=hits.size, p=noise)
    return negatives.astype(np.uint8)
