"""each query by itself, only its allowed keys are ever compared; masks by comprehension

task: masks
"""

# %% masks
def causal_mask(n):
    return np.array([[j <= i for j in range(n)] for i in range(n)], dtype=bool).reshape(n, n)


def padding_mask(lengths, n):
    mask = np.zeros((len(lengths), n), dtype=bool)
    for row, length in zip(mask, lengths):
        row[:length] = True
    return mask


def masked_attention(Q, K, V, mask):
    *front, N, d = Q.shape
    M = K.shape[-2]
    mask = np.broadcast_to(mask, (*front, N, M))
    weights, output = np.zeros((*front, N, M)), np.zeros((*front, N, V.shape[-1]))
    for index in np.ndindex(*front, N):
        seen = np.flatnonzero(mask[index])
        if seen.size == 0:
            continue
        s = K[index[:-1]][seen] @ Q[index] / d**0.5
        a = np.exp(s - s.max())
        a /= a.sum()
        weights[index][seen] = a
        output[index] = a @ V[index[:-1]][seen]
    return output, weights
