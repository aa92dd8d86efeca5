"""variance as the mean square minus the squared mean, in float32: off by tens of percent for dot products around 1000 with variance 1

task: scaling
"""

# %% scaling
def score_statistics(Q, K):
    scores = np.einsum("rd,rmd->rm", Q, K)
    scaled = scores / np.sqrt(Q.shape[1])
    return {
        "variance": float(np.mean(np.square(scores.astype(np.float32))) - np.mean(scores.astype(np.float32)) ** 2),
        "top_unscaled": float(softmax_of_rows(scores).max(axis=1).mean()),
        "top_scaled": float(softmax_of_rows(scaled).max(axis=1).mean()),
    }
