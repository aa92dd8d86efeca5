"""cross-attention gets the causal mask where N = M

task: decoder
"""

# %% decoder
def decoder_block(Y, memory, self_attention, cross_attention, feed_forward, norm1, norm2, norm3):
    N, M = Y.shape[1], memory.shape[1]
    causal = np.tril(np.ones((N, N), dtype=bool))
    Y = norm1(Y + self_attention(Y, Y, causal))
    Y = norm2(Y + cross_attention(Y, memory, causal if N == M else None))
    return norm3(Y + feed_forward(Y))


def additive_attention(s, H, W_s, W_h, v):
    scores = np.tanh((s @ W_s)[:, None, :] + H @ W_h) @ v
    weights = softmax_of_rows(scores)
    return np.einsum("bt,bte->be", weights, H), weights
