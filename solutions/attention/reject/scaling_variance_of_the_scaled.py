"""The variance is that of the scaled products.

fails: scaling
says: variance of the scaled
"""


# %% scaling
def score_statistics(Q, K):
    products = np.einsum("rd,rmd->rm", Q, K)
    scaled = products / np.sqrt(Q.shape[-1])
    return {
        "variance": np.var(scaled),
        "top_unscaled": np.mean(np.max(softmax_of_rows(products), axis=-1)),
        "top_scaled": np.mean(np.max(softmax_of_rows(scaled), axis=-1)),
    }
