"""einsum for the layers, recursion for the count, loops for the four numbers.

task: shallow
"""

# %% shallow
def forward(X, W1, b1, W2, b2, activation):
    hidden = activate(np.einsum("nd,dh->nh", X, W1) + b1[None], activation)
    return np.einsum("nh,hk->nk", hidden, W2) + b2[None]


def count_parameters(sizes):
    first, second, *rest = sizes
    here = second * first + second
    return here if not rest else here + count_parameters([second, *rest])

# %% own-counts
_P = count_parameters([1] + [network["D"] for _ in range(network["K"])] + [1])
_width = 1
while count_parameters([1, _width + 1, 1]) <= _P:
    _width += 1
_pieces = 1
for _ in range(network["K"]):
    _pieces *= network["D"] + 1
my_counts = {"shallow_pieces": 1 + _width, "shallow_width": _width, "pieces": _pieces, "parameters": _P}
