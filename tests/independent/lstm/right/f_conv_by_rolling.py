"""Unusual: rolls the sequence once per weight and clears what came round; starts from the broadcast bias; own numbers by search downwards.

task: causal-conv
"""

# %% causal-conv
def causal_conv(X, W, b, dilation=1):
    assert dilation >= 1 and X.ndim == W.ndim == 3
    Y = np.broadcast_to(b, (*X.shape[:2], len(b))).astype(np.float64)
    moved = np.array(X, dtype=np.float64)
    for weight in W:
        Y = Y + moved @ weight.T
        moved = np.roll(moved, dilation, axis=1)
        moved[:, :dilation] = 0
    return Y


def receptive_field(kernel, dilations):
    oldest = 0
    for dilation in reversed(list(dilations)):
        for _ in range(kernel - 1):
            oldest += dilation
    return oldest + 1

# %% own-stack
layers, plain = 20, my_view["steps"]
while layers > 1 and receptive_field(my_view["kernel"], [2**n for n in range(layers - 1)]) >= my_view["steps"]:
    layers -= 1
while plain > 1 and receptive_field(my_view["kernel"], [1] * (plain - 1)) >= my_view["steps"]:
    plain -= 1
field = receptive_field(my_view["kernel"], [2**n for n in range(layers)])
my_stack = {"layers": layers, "field": field, "plain": plain}
