"""adds s @ W_s, (B, A), to H @ W_h, (B, T, A), without an axis for the time: right for one sequence, if B = T the state of sequence t goes to time t, else an error

task: decoder
"""

# %% decoder
def additive_attention(s, H, W_s, W_h, v):
    hidden = np.tanh(s @ W_s + H @ W_h)
    scores = hidden @ v
    weights = softmax_of_rows(scores)
    context = np.einsum("bt,bte->be", weights, H)
    return context, weights


def decoder_block(Y, memory, self_attention, cross_attention, feed_forward, norm1, norm2, norm3):
    N = Y.shape[1]
    mask = np.tril(np.ones((N, N), dtype=bool))
    Y1 = norm1(Y + self_attention(Y, Y, mask))
    Y2 = norm2(Y1 + cross_attention(Y1, memory, None))
    return norm3(Y2 + feed_forward(Y2))
