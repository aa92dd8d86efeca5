"""Gumbel's noise, pair by pair

task: noise
"""

# %% noise
def noise_distribution(counts, power=0.75):
    p = np.array([float(c) ** power for c in counts])
    return p / p.sum()


def draw_negatives(contexts, K, noise, seed):
    generator = np.random.default_rng(seed)
    with np.errstate(divide="ignore"):
        logs = np.log(np.asarray(noise, dtype=float))
    out = []
    for o in contexts:
        scores = logs + generator.gumbel(size=(K, len(logs)))
        scores[:, o] = -np.inf
        out.append(scores.argmax(axis=1))
    return np.stack(out)
