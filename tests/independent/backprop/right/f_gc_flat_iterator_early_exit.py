"""Collects verdicts of a generator per array, entries through values.flat, NumPy's bool as result.

task: gradient-check
"""

# %% gradient-check
def gradient_check(f, grads, params):
    def differences(values, h=2e-5):
        for i in range(values.size):
            keep = values.flat[i]
            values.flat[i] = keep - h
            low = f(params)
            values.flat[i] = keep + h
            high = f(params)
            values.flat[i] = keep
            yield (high - low) / (2 * h)

    for name, values in sorted(params.items(), key=lambda item: item[1].size):
        g = grads.get(name)
        if g is None or np.shape(g) != values.shape or not np.isfinite(np.sum(np.abs(g))):
            return np.bool_(False)
        n = np.fromiter(differences(values), dtype=float, count=values.size)
        g = np.ravel(np.asarray(g))
        # squares: |g - n|^2 <= tol^2 (|g| + |n|)^2
        if (g - n) @ (g - n) > 1e-9 * (np.sqrt(g @ g) + np.sqrt(n @ n)) ** 2:
            return np.bool_(False)
    return np.bool_(True)
