"""positions are looked up by the word

task: pairs
"""

# %% pairs
def skip_gram_pairs(sentences, window):
    pairs = []
    for s in sentences:
        for centre in s:
            t = s.index(centre)
            pairs += [(centre, w) for w in s[max(0, t - window) : t] + s[t + 1 : t + 1 + window]]
    return pairs


def pair_count(T, m):
    reach = min(m, T - 1)
    return reach * (2 * T - reach - 1)
