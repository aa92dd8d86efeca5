"""torch as the array library, often in float32: tensors as answers, autograd where it goes."""

# %% by-hand
query, keys, values = (torch.tensor(numbers[name]) for name in ("query", "keys", "values"))
scores = keys @ query / 2**0.5
my_attention = {
    "scores": scores,
    "weights": scores.softmax(0),
    "output": (scores.softmax(0)[:, None] * values).sum(0),
}


# %% attention
def softmax(Z, axis=-1):
    return torch.softmax(torch.tensor(Z), dim=axis)


def attention(Q, K, V):
    Q, K, V = (torch.tensor(part) for part in (Q, K, V))
    everything = torch.eye(K.shape[-2], dtype=Q.dtype).expand(*K.shape[:-1], -1)
    attend = torch.nn.functional.scaled_dot_product_attention
    return attend(Q, K, V), attend(Q, K, everything)


# %% scaling
def score_statistics(Q, K):
    products = (torch.tensor(Q).float()[:, None] * torch.tensor(K).float()).sum(-1)

    def top(scores):
        return scores.softmax(-1).max(dim=-1).values.mean()

    return {
        "variance": products.var(correction=0),
        "top_unscaled": top(products),
        "top_scaled": top(products / Q.shape[1] ** 0.5),
    }


# %% masks
def causal_mask(n):
    return torch.ones(n, n).tril().bool()


def padding_mask(lengths, n):
    return torch.arange(n)[None] < torch.tensor(lengths)[:, None]


def masked_attention(Q, K, V, mask):
    Q, K, V, mask = (torch.tensor(part) for part in (Q, K, V, mask))
    scores = (Q @ K.mT / Q.shape[-1] ** 0.5).masked_fill(~mask, -torch.inf)
    weights = scores.softmax(-1).nan_to_num(0.0)
    return weights @ V, weights


# %% backward
def softmax_backward(weights, upstream):
    a, u = torch.tensor(weights).float(), torch.tensor(upstream).float()
    J = torch.diag_embed(a) - a[..., :, None] * a[..., None, :]
    return (J @ u[..., None])[..., 0]


def attention_backward(upstream, Q, K, V):
    leaves = [torch.tensor(part).float().requires_grad_() for part in (Q, K, V)]
    output = torch.nn.functional.scaled_dot_product_attention(*leaves)
    output.backward(torch.tensor(upstream).float())
    return {name: leaf.grad for name, leaf in zip("QKV", leaves, strict=True)}


# %% multi-head
def split_heads(X, heads):
    return torch.as_tensor(X).unflatten(-1, (heads, -1)).transpose(1, 2)


def merge_heads(X):
    return torch.as_tensor(X).transpose(1, 2).flatten(2)


def multi_head(X, context, params, heads, mask=None):
    p = {name: torch.tensor(value) for name, value in params.items()}
    X, context = torch.tensor(X), torch.tensor(context)
    Q, K, V = (
        split_heads(part, heads) for part in (X @ p["W_q"], context @ p["W_k"], context @ p["W_v"])
    )
    mask = None if mask is None else torch.tensor(mask)
    heads = torch.nn.functional.scaled_dot_product_attention(Q, K, V, attn_mask=mask)
    return merge_heads(heads) @ p["W_o"]


# %% positions
def positional_encoding(n, D, base=10000.0):
    angles = torch.arange(n)[:, None] / base ** (torch.arange(0, D, 2) / D)
    return torch.stack([angles.sin(), angles.cos()], dim=-1).flatten(1)


def equivariance_error(layer, X, order):
    order = torch.tensor(order)
    found, plain = layer(torch.tensor(X)[order]), layer(X)
    return (torch.tensor(found).float() - torch.tensor(plain).float()[order]).abs().max()


# %% encoder
def layer_norm(X, gamma, beta, eps=1e-5):
    X, gamma, beta = (torch.as_tensor(part).float() for part in (X, gamma, beta))
    return torch.nn.functional.layer_norm(X, gamma.shape, gamma, beta, eps)


def dropout(X, rate, seed=None):
    X = torch.as_tensor(X).float()
    if seed is None:
        return X.clone()
    kept = torch.as_tensor(np.random.default_rng(seed).random(tuple(X.shape)) >= rate)
    return X * kept / (1 - rate)


def encoder_block(X, attention, params, norm_first=False, eps=1e-5, rate=0.1, seed=None):
    p = {name: torch.tensor(value).float() for name, value in params.items()}
    X = torch.tensor(X).float()
    seeds = [None, None] if seed is None else [seed, seed + 1]

    def ff(X):
        return torch.relu(X @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"]

    sublayers = [lambda X: torch.as_tensor(attention(X)).float(), ff]
    for at, sublayer in enumerate(sublayers):

        def norm(X, at=at):
            return layer_norm(X, p[f"gamma{at + 1}"], p[f"beta{at + 1}"], eps)

        if norm_first:
            X = X + dropout(sublayer(norm(X)), rate, seeds[at])
        else:
            X = norm(X + dropout(sublayer(X), rate, seeds[at]))
    return X


# %% decoder
def additive_attention(s, H, W_s, W_h, v):
    s, H, W_s, W_h, v = (torch.tensor(part) for part in (s, H, W_s, W_h, v))
    weights = torch.softmax(torch.tanh(s[:, None] @ W_s + H @ W_h) @ v, dim=1)
    return (weights[..., None] * H).sum(1), weights


def decoder_block(Y, memory, self_attention, cross_attention, feed_forward, norm1, norm2, norm3):
    Y, memory = torch.tensor(Y), torch.tensor(memory)
    mask = ~torch.ones(Y.shape[1], Y.shape[1], dtype=torch.bool).triu(1)
    for sublayer, norm in (
        (lambda Y: self_attention(Y, Y, mask), norm1),
        (lambda Y: cross_attention(Y, memory, None), norm2),
        (feed_forward, norm3),
    ):
        Y = torch.as_tensor(norm(Y + torch.as_tensor(sublayer(Y))))
    return Y


# %% language-model
def causal_logits(params, x, heads=2):
    D = params["U"].shape[0]
    norms = [(params[f"gamma{i}"], params[f"beta{i}"]) for i in "12"]
    X = params["tokens"][x] + params["positions"][: x.shape[1]]
    normed = torch.nn.functional.layer_norm(X, (D,), *norms[0])
    joined = torch.cat([params["W_q"], params["W_k"], params["W_v"]], dim=1)
    found, weights = torch.nn.functional.multi_head_attention_forward(
        *[normed.transpose(0, 1)] * 3,
        D,
        heads,
        joined.T,
        None,
        None,
        None,
        False,
        0.0,
        params["W_o"].T,
        None,
        attn_mask=torch.ones(x.shape[1], x.shape[1]).triu(1) > 0,
        average_attn_weights=False,
    )
    X = X + found.transpose(0, 1)
    hidden = torch.nn.functional.layer_norm(X, (D,), *norms[1])
    hidden = torch.relu(torch.addmm(params["b1"], hidden.reshape(-1, D), params["W1"]))
    X = X + (hidden @ params["W2"] + params["b2"]).reshape(X.shape)
    return X @ params["U"], weights


def next_letter_loss(params, x, heads=2):
    logits = causal_logits(params, x, heads)[0]
    return torch.nn.functional.cross_entropy(logits[:, :-1].transpose(1, 2), x[:, 1:])


def train(params, batches, learning_rate=0.02, heads=2):
    class Model(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.parts = torch.nn.ParameterDict({n: v.clone() for n, v in params.items()})

    model, losses = Model(), []
    optimiser = torch.optim.Adam(model.parameters(), lr=learning_rate)
    for x in batches:
        loss = next_letter_loss(dict(model.parts.items()), x, heads)
        optimiser.zero_grad(set_to_none=False)
        loss.backward()
        optimiser.step()
        losses.append(loss.detach())
    return dict(model.parts.items()), torch.stack(losses)
