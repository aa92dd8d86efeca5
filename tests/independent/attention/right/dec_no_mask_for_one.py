"""a single position needs no mask: None allows all

task: decoder
"""

# %% decoder
def decoder_block(Y, memory, self_attention, cross_attention, feed_forward, norm1, norm2, norm3):
    N = Y.shape[1]
    mask = None if N == 1 else ~np.triu(np.ones((N, N), dtype=bool), k=1)
    first = norm1(Y + self_attention(queries=Y, context=Y, mask=mask)) if False else norm1(Y + self_attention(Y, Y, mask))
    second = norm2(first + cross_attention(first, memory, None))
    return norm3(feed_forward(second) + second)

def additive_attention(s, H, W_s, W_h, v):
    contexts, weights = [], []
    for state, states in zip(s, H):
        e = np.array([v @ np.tanh(state @ W_s + h @ W_h) for h in states])
        a = np.exp(e - e.max())
        weights.append(a / a.sum())
        contexts.append(weights[-1] @ states)
    return contexts, weights
