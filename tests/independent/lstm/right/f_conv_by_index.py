"""Unusual: gathers the inputs with an index array and a mask, contracts once; receptive field recursive; own numbers by closed forms.

task: causal-conv
"""

# %% causal-conv
def causal_conv(X, W, b, dilation=1):
    T, k = X.shape[1], W.shape[0]
    when = np.arange(T)[:, None] - dilation * np.arange(k)  # (T, k)
    seen = np.where((when >= 0)[None, :, :, None], X[:, np.maximum(when, 0)], 0.0)
    return np.einsum("btkx,kyx->bty", seen, W) + b


def receptive_field(kernel, dilations):
    half = len(dilations) // 2
    if half == 0:
        return 1 + sum((kernel - 1) * int(only) for only in dilations)
    return receptive_field(kernel, dilations[:half]) + receptive_field(kernel, dilations[half:]) - 1

# %% own-stack
needed = -(-(my_view["steps"] - 1) // (my_view["kernel"] - 1))  # the sum of the dilations
my_stack = {"plain": needed, "layers": needed.bit_length()}
my_stack["field"] = 1 + (my_view["kernel"] - 1) * (2 ** my_stack["layers"] - 1)
