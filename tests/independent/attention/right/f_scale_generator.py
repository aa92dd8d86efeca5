"""query by query with generators, the top weight as 1 / sum exp(s - max)

task: scaling
"""

# %% scaling
def score_statistics(Q, K):
    import math

    def top(s):
        return 1.0 / math.fsum(math.exp(x - max(s)) for x in s)

    products = [[float(np.dot(q, k)) for k in keys] for q, keys in zip(Q, K)]
    flat = [x for row in products for x in row]
    mean = math.fsum(flat) / len(flat)
    root = math.sqrt(len(Q[0]))
    return dict(
        top_scaled=math.fsum(top([x / root for x in row]) for row in products) / len(products),
        top_unscaled=math.fsum(map(top, products)) / len(products),
        variance=math.fsum((x - mean) ** 2 for x in flat) / len(flat),
    )
