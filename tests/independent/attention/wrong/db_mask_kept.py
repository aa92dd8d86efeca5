"""the mask of the first call is cut for later, shorter ones only

task: decoder
"""

# %% decoder
_seen = []

def decoder_block(Y, memory, self_attention, cross_attention, feed_forward, norm1, norm2, norm3):
    N = Y.shape[1]
    if not _seen or len(_seen[0]) < N:
        _seen[:] = [np.tril(np.ones((N, N), dtype=bool))]
    mask = _seen[0][-N:, -N:] if len(_seen[0]) == N else _seen[0][-N:, :N]
    Y = norm1(Y + self_attention(Y, Y, mask))
    Y = norm2(Y + cross_attention(Y, memory, None))
    return norm3(Y + feed_forward(Y))


def additive_attention(s, H, W_s, W_h, v):
    scores = np.tanh((s @ W_s)[:, None, :] + H @ W_h) @ v
    weights = softmax_of_rows(scores)
    return np.einsum("bt,bte->be", weights, H), weights
