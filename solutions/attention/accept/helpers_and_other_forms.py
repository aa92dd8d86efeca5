"""Helpers, a class, complex numbers; the derivation in other words; rounded numbers in lists."""


# %% masks
class Weights:
    def __init__(self, scores, mask):
        self.odds = np.zeros(scores.shape)
        allowed = np.broadcast_to(mask, scores.shape)
        lowest = np.where(allowed, scores, scores.min(axis=-1, keepdims=True))
        shifted = scores - lowest.max(axis=-1, keepdims=True)
        np.exp(shifted, out=self.odds, where=allowed)

    def shares(self):
        total = self.odds.sum(axis=-1, keepdims=True)
        return np.divide(self.odds, total, out=np.zeros(self.odds.shape), where=total > 0)


def before(n, m):
    return np.less.outer(np.arange(n), np.arange(m))


def causal_mask(n):
    return ~before(n, n)


def padding_mask(lengths, n):
    return ~np.less_equal.outer(np.asarray(lengths), np.arange(n))


def masked_attention(Q, K, V, mask):
    weights = Weights(np.einsum("...nd,...md->...nm", Q, K) / Q.shape[-1] ** 0.5, mask).shares()
    return np.einsum("...nm,...mv->...nv", weights, V), weights


# %% positions
def positional_encoding(n, D, base=10000.0):
    turn = np.exp(1j * base ** (-2 * np.arange(D // 2) / D))
    hands = turn ** np.arange(n)[:, None]
    return np.dstack([hands.imag, hands.real]).reshape(n, D)


def equivariance_error(layer, X, order):
    back = np.argsort(order)
    return np.linalg.norm((np.array(layer(X[order]))[back] - layer(X)).ravel(), np.inf)


# %% backward-lines
backward_lines = {
    "dl_da": "g @ V.T",
    "dl_dV": "outer(g, a).T",
    "dl_ds": "(diag(a) - outer(a, a)) @ dl_da",
    "dl_dq": "sum(diag(dl_ds) @ K, 0)/d**0.5",
    "dl_dK": "outer(a*(V @ g) - a*dot(o, g), q)*d**(-1/2)",
}


# %% counts
my_counts = {}
head = sizes["D"] // sizes["H"]
projections = 3 * sizes["H"] * sizes["D"] * head
my_counts["attention_parameters"] = float(projections + sizes["H"] * head * sizes["D"])
my_counts["feed_forward_parameters"] = np.int64(
    (sizes["D"] + 1) * sizes["F"] + (sizes["F"] + 1) * sizes["D"]
)
my_counts["weights_kept"] = torch.tensor(sum(sizes["n"] ** 2 for _ in range(sizes["H"])))
my_counts["score_multiplications"] = sizes["H"] * sizes["n"] * head * sizes["n"]


# %% by-hand
from math import exp, sqrt

q = numbers["query"]
scores = [(q[0] * k[0] + q[1] * k[1]) / sqrt(2) for k in numbers["keys"]]
total = sum(exp(score) for score in scores)
weights = [exp(score) / total for score in scores]
output = [sum(a * v[i] for a, v in zip(weights, numbers["values"], strict=True)) for i in (0, 1)]
my_attention = {
    "scores": [round(score, 5) for score in scores],
    "weights": [round(weight, 5) for weight in weights],
    "output": [float(f"{value:.5g}") for value in output],
}
