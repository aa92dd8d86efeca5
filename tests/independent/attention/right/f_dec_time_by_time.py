"""additive attention in a loop over sequences and times, the block as a fold over its three steps

task: decoder
"""

# %% decoder
import functools


def additive_attention(s, H, W_s, W_h, v):
    weights = np.zeros(H.shape[:2])
    context = np.zeros((len(H), H.shape[2]))
    for b, states in enumerate(H):
        e = [float(v @ np.tanh(s[b] @ W_s + h @ W_h)) for h in states]
        weights[b] = np.exp(np.array(e) - max(e))
        weights[b] /= weights[b].sum()
        for a, h in zip(weights[b], states):
            context[b] += a * h
    return context, weights


def decoder_block(Y, memory, self_attention, cross_attention, feed_forward, norm1, norm2, norm3):
    position = np.arange(Y.shape[1])
    mask = np.less_equal.outer(position, position).T
    steps = (
        (norm1, lambda Z: self_attention(Z, Z, mask)),
        (norm2, lambda Z: cross_attention(Z, memory, None)),
        (norm3, feed_forward),
    )
    return functools.reduce(lambda Z, step: step[0](Z + step[1](Z)), steps, Y)
