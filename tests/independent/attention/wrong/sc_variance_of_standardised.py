"""queries and keys are standardised first, as the assumption has it

task: scaling
"""

# %% scaling
def score_statistics(Q, K):
    Q, K = Q - Q.mean(), K - K.mean()
    raw = np.einsum("rd,rmd->rm", Q, K)
    top = lambda s: float(softmax_of_rows(s).max(axis=-1).mean())
    return {
        "variance": raw.var(),
        "top_unscaled": top(raw),
        "top_scaled": top(raw / Q.shape[-1] ** 0.5),
    }
