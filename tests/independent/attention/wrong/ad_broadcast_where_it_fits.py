"""the axis of time is put in only where the sum does not work without

task: decoder
"""

# %% decoder
def additive_attention(s, H, W_s, W_h, v):
    try:
        e = np.tanh(s @ W_s + H @ W_h) @ v
    except ValueError:
        e = np.tanh((s @ W_s)[:, None] + H @ W_h) @ v
    a = softmax_of_rows(e)
    return (a[..., None] * H).sum(axis=1), a


def decoder_block(Y, memory, self_attention, cross_attention, feed_forward, norm1, norm2, norm3):
    N = Y.shape[1]
    causal = np.tril(np.ones((N, N), dtype=bool))
    Y1 = norm1(Y + self_attention(Y, Y, causal))
    Y2 = norm2(Y1 + cross_attention(Y1, memory, None))
    return norm3(Y2 + feed_forward(Y2))
