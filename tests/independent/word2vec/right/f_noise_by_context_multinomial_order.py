"""treats all pairs with the same context together and draws theirs by choice from the renormalised noise

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
    import torch

    generator = np.random.default_rng(seed)
    contexts = np.asarray(contexts)
    result = np.full((len(contexts), K), -1)
    for o in sorted(set(contexts.tolist()), reverse=True):
        q = np.array(noise, dtype=float)
        q[o] = 0.0
        q /= q.sum()
        here = contexts == o
        result[here] = generator.choice(len(q), size=(here.sum(), K), p=q)
    assert (result >= 0).all() and not (result == contexts[:, None]).any()
    return torch.from_numpy(result)
