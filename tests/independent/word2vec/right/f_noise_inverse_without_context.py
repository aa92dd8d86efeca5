"""draws from q without the context by a shifted inverse of the distribution function, with no redraws

task: noise
"""

# %% noise
def noise_distribution(counts, power=0.75):
    """Return count**power, scaled so that the sum is 1; counts: (V,), none negative; result (V,)."""
    weights = [float(c) ** power for c in counts]
    total = sum(weights)
    return [w / total for w in weights]


def draw_negatives(contexts, K, noise, seed):
    """Return an integer array (B, K) of ids, row n drawn from the noise without contexts[n].

    contexts: (B,) integer array. noise: (V,), adds up to 1, at least two entries above 0; ids with
    noise 0 never come up. The same seed gives the same draws, another seed gives others.
    """
    throw = np.random.default_rng(seed).random
    noise = np.asarray(noise, dtype=float)
    negatives = np.empty((len(contexts), K), dtype=np.int64)
    for n, o in enumerate(contexts):
        others = np.flatnonzero((noise > 0) & (np.arange(len(noise)) != o))
        limits = np.cumsum(noise[others])
        places = np.searchsorted(limits, throw(K) * limits[-1], side="right")
        negatives[n] = others[np.minimum(places, len(others) - 1)]
    return negatives
