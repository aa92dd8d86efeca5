"""pairs as lists

task: pairs
"""

# %% pairs
def skip_gram_pairs(sentences, window):
    return [[c, s[j]] for s in sentences for t, c in enumerate(s) for j in range(max(0, t - window), min(len(s), t + window + 1)) if j != t]


def pair_count(T, m):
    reach = min(m, T - 1)
    return reach * (2 * T - reach - 1)
