"""divides the additive scores by the root of A as in scaled dot products: the same for A = 1, wrong else

task: decoder
"""

# %% decoder
def additive_attention(s, H, W_s, W_h, v):
    hidden = np.tanh((s @ W_s)[:, None, :] + H @ W_h)
    scores = hidden @ v / np.sqrt(len(v))
    weights = softmax_of_rows(scores)
    context = np.einsum("bt,bte->be", weights, H)
    return context, weights


def decoder_block(Y, memory, self_attention, cross_attention, feed_forward, norm1, norm2, norm3):
    N = Y.shape[1]
    mask = np.tril(np.ones((N, N), dtype=bool))
    Y1 = norm1(Y + self_attention(Y, Y, mask))
    Y2 = norm2(Y1 + cross_attention(Y1, memory, None))
    return norm3(Y2 + feed_forward(Y2))
