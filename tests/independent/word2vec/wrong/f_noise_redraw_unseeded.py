"""draws again from a generator without a seed, so that the same seed does not give the same negatives

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
    V = len(noise)
    negatives = np.random.default_rng(seed).choice(V, size=(len(contexts), K), p=noise)
    for n, o in enumerate(contexts):
        for k in range(K):
            while negatives[n, k] == o:
                negatives[n, k] = np.random.choice(V, p=noise)
    return negatives
