"""The lines and the formulas in another form."""

# %% softmax-lines
softmax_lines = {
    "db_dv": "U.T @ t",
    "da_dz": "p*sum(t)",
    "da_dv": "U.T @ exp(z)/sum(exp(z))",
    "dl_dv": "U.T @ (p - t)",
    "dl_dz": "-t + p",
    "dl_dU": "outer(p, v) - outer(t, v)",
}


# %% negative-lines
negative_lines = {
    "dl_ds": "-sigmoid(-s)",
    "dl_dr": "1 - sigmoid(-r)",
    "dl_dv": "N.T @ sigmoid(N @ v) - u/(1 + exp(s))",
    "dl_du": "-v*exp(-s)/(1 + exp(-s))",
    "dl_dN": "outer(sigmoid(r), v)",
}


# %% tfidf
def bag_of_words(documents, vocabulary):
    counters = [Counter(words) for words in documents]
    return np.array([[c[w] for w in sorted(vocabulary, key=vocabulary.get)] for c in counters])


def tfidf(counts):
    with np.errstate(divide="ignore", invalid="ignore"):
        idf = -np.log(np.mean(counts != 0, axis=0))
        return np.nan_to_num(counts * idf, nan=0.0)


# %% own-word
my_weight = -library["times"] * np.log(library["documents_with_word"] / library["documents"])


# %% pairs
def skip_gram_pairs(sentences, window):
    return [
        (s[i], s[j])
        for s in sentences
        for i in range(len(s))
        for j in range(len(s))
        if 0 < abs(i - j) <= window
    ]


def pair_count(T, m):
    left_out = max(T - 1 - m, 0)
    return T * (T - 1) - left_out * (left_out + 1)


# %% similarity
def cosine(A, B):
    def unit(M):
        lengths = np.sqrt((M**2).sum(axis=1, keepdims=True))
        return M / np.where(lengths == 0, 1, lengths)

    return unit(A) @ unit(B).T


def nearest(query, E, k, without=()):
    cosines = np.array(cosine(query.reshape(1, -1), E)).ravel()
    cosines[list(without)] = -np.inf
    return np.argsort(cosines)[::-1][:k]
