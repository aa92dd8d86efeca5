"""in loops, with a variance of means and squares in float32 where it is enough

task: scaling
"""

# %% scaling
def score_statistics(Q, K):
    R, M, d = K.shape
    raw = [[float(np.dot(Q[r], K[r, m])) for m in range(M)] for r in range(R)]
    flat = [s for row in raw for s in row]
    mean = sum(flat) / len(flat)

    def top(row, scale):
        return 1 / sum(np.exp((s - max(row)) / scale) for s in row)

    return {
        "top_scaled": sum(top(row, d**0.5) for row in raw) / R,
        "top_unscaled": sum(top(row, 1) for row in raw) / R,
        "variance": sum((s - mean) ** 2 for s in flat) / len(flat),
    }
