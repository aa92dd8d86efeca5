"""a single key loses its axis

task: scaling
"""

# %% scaling
def score_statistics(Q, K):
    raw = (K @ Q[:, :, None]).squeeze()
    top = lambda s: float(softmax_of_rows(s).max(axis=-1).mean())
    return {
        "variance": float(raw.var()),
        "top_unscaled": top(raw),
        "top_scaled": top(raw / K.shape[-1] ** 0.5),
    }
