"""all queries meet all keys where the shapes allow: R = M

task: scaling
"""

# %% scaling
def score_statistics(Q, K):
    R, M, d = K.shape
    if R == M:
        raw = np.matmul(Q, K.transpose(0, 2, 1))[:, 0]
    else:
        raw = np.array([[k @ q for k in keys] for q, keys in zip(Q, K)])
    top = lambda s: float(softmax_of_rows(s).max(axis=-1).mean())
    return {"variance": raw.var(), "top_unscaled": top(raw), "top_scaled": top(raw / d**0.5)}
