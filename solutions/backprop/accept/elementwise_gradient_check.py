"""The gradient check entry by entry, on copies, with a relative tolerance and a small floor."""


# %% gradient-check
def gradient_check(f, grads, params):
    verdicts = []
    for name in sorted(params):
        claimed = np.asarray(grads.get(name, np.nan), dtype=float)
        slopes = np.empty(params[name].shape)
        for index, value in np.ndenumerate(params[name]):
            trial = {key: array.copy() for key, array in params.items()}
            trial[name][index] = value + 2e-5
            above = f(trial)
            trial[name][index] = value - 2e-5
            slopes[index] = (above - f(trial)) / 4e-5
        floor = 1e-3 * np.max(np.abs(slopes))
        same_shape = claimed.shape == slopes.shape
        verdicts.append(same_shape and np.allclose(claimed, slopes, rtol=1e-4, atol=1e-4 * floor))
    return bool(np.all(verdicts))
