"""scales the queries in place (Q /= sqrt(d)) for the second softmax: the values are right, but the caller's Q has changed, and so has the result of a second call

task: scaling
"""

# %% scaling
def score_statistics(Q, K):
    scores = np.einsum("rd,rmd->rm", Q, K)
    Q /= np.sqrt(Q.shape[1])
    scaled = np.einsum("rd,rmd->rm", Q, K)
    return {
        "variance": float(np.var(scores)),
        "top_unscaled": float(softmax_of_rows(scores).max(axis=1).mean()),
        "top_scaled": float(softmax_of_rows(scaled).max(axis=1).mean()),
    }
