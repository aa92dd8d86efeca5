"""a word that stands twice in the window is no context of itself

task: pairs
"""

# %% pairs
def skip_gram_pairs(sentences, window):
    pairs = []
    for s in sentences:
        for t in range(len(s)):
            for j in range(max(0, t - window), min(len(s), t + window + 1)):
                if s[j] != s[t]:
                    pairs.append((s[t], s[j]))
    return pairs


def pair_count(T, m):
    reach = min(m, T - 1)
    return reach * (2 * T - reach - 1)
