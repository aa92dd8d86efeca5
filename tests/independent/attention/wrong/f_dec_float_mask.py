"""the causal mask consists of the floats 0 and 1, not booleans: torch (attend) adds such a mask to the scores, and the future is seen

task: decoder
"""

# %% decoder
def additive_attention(s, H, W_s, W_h, v):
    hidden = np.tanh((s @ W_s)[:, None, :] + H @ W_h)
    scores = hidden @ v
    weights = softmax_of_rows(scores)
    context = np.einsum("bt,bte->be", weights, H)
    return context, weights


def decoder_block(Y, memory, self_attention, cross_attention, feed_forward, norm1, norm2, norm3):
    N = Y.shape[1]
    mask = np.tril(np.ones((N, N)))
    Y1 = norm1(Y + self_attention(Y, Y, mask))
    Y2 = norm2(Y1 + cross_attention(Y1, memory, None))
    return norm3(Y2 + feed_forward(Y2))
