"""divides by math.isqrt(d), exact for d = 4, 16, 64, 256 but wrong for any d that is no square, such as 512

task: scaling
"""

# %% scaling
import math


def score_statistics(Q, K):
    scores = np.einsum("rd,rmd->rm", Q, K)
    scaled = scores / math.isqrt(Q.shape[1])
    return {
        "variance": float(np.var(scores)),
        "top_unscaled": float(softmax_of_rows(scores).max(axis=1).mean()),
        "top_scaled": float(softmax_of_rows(scaled).max(axis=1).mean()),
    }
