"""states and encoder states side by side times one stacked matrix, torch float64 inside, tensors out for additive attention

task: decoder
"""

# %% decoder
def additive_attention(s, H, W_s, W_h, v):
    s, H, W_s, W_h, v = (torch.tensor(part, dtype=torch.float64) for part in (s, H, W_s, W_h, v))
    both = torch.cat([s.unsqueeze(1).expand(-1, H.shape[1], -1), H], dim=2)
    e = torch.tanh(both @ torch.cat([W_s, W_h])).matmul(v)
    a = torch.exp(e - e.logsumexp(dim=1, keepdim=True))
    return torch.bmm(a[:, None], H)[:, 0], a


def decoder_block(Y, memory, self_attention, cross_attention, feed_forward, norm1, norm2, norm3):
    N = np.shape(Y)[1]
    future = np.triu(np.full((N, N), True), 1)
    Y1 = norm1(np.add(Y, self_attention(Y, Y, ~future)))
    Y2 = norm2(np.add(Y1, cross_attention(Y1, memory, None)))
    Y3 = norm3(np.add(Y2, feed_forward(Y2)))
    return Y3
