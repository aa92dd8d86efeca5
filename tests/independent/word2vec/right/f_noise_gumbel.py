"""adds Gumbel noise to log q and takes the largest, the context set to minus infinity; powers by logarithms

task: noise
"""

# %% noise
def noise_distribution(counts, power=0.75):
    """Return count**power, scaled so that the sum is 1; counts: (V,), none negative; result (V,)."""
    counts = np.array(counts, dtype=np.float64)
    result = np.power(counts / counts.max(), power)
    return np.divide(result, np.add.reduce(result))


def draw_negatives(contexts, K, noise, seed):
    """Return an integer array (B, K) of ids, row n drawn from the noise without contexts[n].

    contexts: (B,) integer array. noise: (V,), adds up to 1, at least two entries above 0; ids with
    noise 0 never come up. The same seed gives the same draws, another seed gives others.
    """
    generator = np.random.default_rng(seed)
    with np.errstate(divide="ignore"):
        scores = np.log(np.asarray(noise, dtype=float))
    rows = []
    for o in np.asarray(contexts):
        own = scores.copy()
        own[o] = -np.inf
        rows.append(np.argmax(own + generator.gumbel(size=(K, len(own))), axis=1))
    return np.stack(rows)
