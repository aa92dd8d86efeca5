"""slices, pairs as lists, a count by cases

task: pairs
"""

# %% pairs
def skip_gram_pairs(sentences, window):
    return [
        [word, other]
        for s in map(list, sentences)
        for t, word in enumerate(s)
        for other in s[max(0, t - window) : t] + s[t + 1 : t + 1 + window]
    ]


def pair_count(T, m):
    if m >= T:
        return T * (T - 1)
    return 2 * m * T - m * (m + 1)
