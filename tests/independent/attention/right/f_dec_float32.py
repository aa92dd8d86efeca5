"""float32 inside (as the notation section allows) for additive attention, with H and s broadcast by repeat

task: decoder
"""

# %% decoder
def additive_attention(s, H, W_s, W_h, v):
    s, H, W_s, W_h, v = (np.asarray(part, dtype=np.float32) for part in (s, H, W_s, W_h, v))
    B, T, E = H.shape
    left = np.repeat(s @ W_s, T, axis=0)
    e = (np.tanh(left + H.reshape(B * T, E) @ W_h) @ v).reshape(B, T)
    odds = np.exp(e - e.max(axis=1)[:, None])
    weights = odds / odds.sum(axis=1)[:, None]
    return np.squeeze(weights[:, None, :] @ H, axis=1), weights


def decoder_block(Y, memory, self_attention, cross_attention, feed_forward, norm1, norm2, norm3):
    class Residual:
        def __init__(self, norm, sublayer):
            self.norm, self.sublayer = norm, sublayer

        def __call__(self, Z):
            return self.norm(Z + self.sublayer(Z))

    allowed = np.array([[j <= i for j in range(Y.shape[1])] for i in range(Y.shape[1])])
    own = Residual(norm1, lambda Z: self_attention(queries, Z, allowed))
    queries = Y
    cross = Residual(norm2, lambda Z: cross_attention(Z, memory, None))
    return Residual(norm3, feed_forward)(cross(own(Y)))
