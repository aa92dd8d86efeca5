"""a single state or a single sequence loses its axis

task: decoder
"""

# %% decoder
def additive_attention(s, H, W_s, W_h, v):
    e = (np.tanh((s @ W_s)[:, None] + H @ W_h) @ v[:, None]).squeeze()
    a = softmax_of_rows(e)
    return np.squeeze(a[..., None, :] @ H), a


def decoder_block(Y, memory, self_attention, cross_attention, feed_forward, norm1, norm2, norm3):
    N = Y.shape[1]
    causal = np.tril(np.ones((N, N), dtype=bool))
    Y1 = norm1(Y + self_attention(Y, Y, causal))
    Y2 = norm2(Y1 + cross_attention(Y1, memory, None))
    return norm3(Y2 + feed_forward(Y2))
