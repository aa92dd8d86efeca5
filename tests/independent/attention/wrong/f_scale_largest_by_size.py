"""takes the weight of the key with the largest absolute dot product: wrong where the largest in size is negative

task: scaling
"""

# %% scaling
def score_statistics(Q, K):
    scores = np.einsum("rd,rmd->rm", Q, K)
    rows, first = np.arange(len(Q)), np.abs(scores).argmax(axis=1)
    scaled = scores / np.sqrt(Q.shape[1])
    return {
        "variance": float(np.var(scores)),
        "top_unscaled": float(softmax_of_rows(scores)[rows, first].mean()),
        "top_scaled": float(softmax_of_rows(scaled)[rows, first].mean()),
    }
