"""of a large array twenty entries are looked at

task: gradient-check
"""

# %% gradient-check
def gradient_check(f, grads, params):
    rng = np.random.default_rng(0)
    for name, values in params.items():
        claimed = np.asarray(grads.get(name, np.nan))
        if values.shape != claimed.shape or not np.isfinite(claimed).all():
            return False
        entries = list(np.ndindex(values.shape))
        if len(entries) > 20:
            entries = [entries[i] for i in rng.choice(len(entries), 20, replace=False)]
        numerical = []
        for i in entries:
            old = values[i]
            values[i] = old + 1e-5
            up = f(params)
            values[i] = old - 1e-5
            numerical.append((up - f(params)) / 2e-5)
            values[i] = old
        claimed = np.array([claimed[i] for i in entries])
        difference = np.linalg.norm(np.array(numerical) - claimed)
        if difference > 1e-6 * (np.linalg.norm(numerical) + np.linalg.norm(claimed)):
            return False
    return True
