"""starts a generator with seed + n for row n, so that the next seed gives the same rows moved by one

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
    def row(n, o):
        generator = np.random.default_rng(seed + n)
        found = []
        while len(found) < K:
            word = int(generator.choice(len(noise), p=noise))
            if word != o:
                found.append(word)
        return found

    return np.array([row(n, o) for n, o in enumerate(contexts)])
