"""draws the whole row again until it does not hold the context, which has the same distribution

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
    contexts = np.array(contexts)
    p = np.asarray(noise, dtype=float)
    V = np.arange(len(p))

    def row(o):
        # Without the context as soon as it would take long.
        q = np.where(V == o, 0.0, p)
        if (1 - p[o]) ** K < 0.05:
            return generator.choice(V, size=K, p=q / q.sum())
        while True:
            drawn = generator.choice(V, size=K, p=p)
            if o not in drawn:
                return drawn

    return np.array([row(o) for o in contexts], dtype=int)
