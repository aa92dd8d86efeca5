"""Everything has the right shape and is zero.

fails: logistic-derivative, scalar-network, two-layer, output-layers, mlp
fails: skip-connection, gradient-check, vanishing
says[two-layer]: zero
says[output-layers]: zero
says[mlp]: zero
says[skip-connection]: zero
says[gradient-check]: a right gradient was refused
tells: nothing
"""

# %% logistic-derivative-lines
logistic_derivative_lines = dict.fromkeys(["de_dz", "ds_dd", "ds_dz_chain", "ds_dz", "dt_dz"], "0")

# %% scalar-network-lines
scalar_network_lines = dict.fromkeys(
    ["dl_df", "dl_dw2", "dl_dh2", "dl_da2", "dl_dw1", "dl_dh1", "dl_da1", "dl_dw0"], "0"
)

# %% two-layer-lines
two_layer_lines = dict.fromkeys(["delta", "dl_dW2", "dl_db2", "s", "dl_dW1", "dl_db1"], "0")

# %% output-layers-lines
output_layers_lines = dict.fromkeys(
    ["df_da", "dsq_da", "dbce_df", "dbce_da", "dp_dz", "dce_dp", "dce_dz"], "0"
)

# %% skip-connection-lines
skip_connection_lines = dict.fromkeys(["dh2_da2", "dh2_dh1", "dl_dw2", "dl_dw1", "dl_dw0"], "0")


# %% logistic-derivative
def logistic_prime(z):
    return np.zeros_like(z)


# %% scalar-network
my_gradients = {"w0": 0.0, "w1": 0.0, "w2": 0.0}


# %% two-layer
def two_layer_backward(X, Y, W1, b1, W2, b2):
    params = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    return {name: np.zeros_like(p) for name, p in params.items()}


# %% output-layers
def squared_error_delta(a, y):
    return np.zeros_like(a)


def cross_entropy_delta(a, y):
    return np.zeros_like(a)


def softmax_jacobian(z):
    return np.zeros((len(z), len(z)))


def softmax_cross_entropy(Z, Y):
    return 0.0, np.zeros_like(Z)


# %% mlp
def mlp_forward(X, weights, biases, activation):
    A = [np.zeros((len(X), len(b))) for b in biases]
    return A, [X, *A[:-1]]


def mlp_backward(X, Y, weights, biases, activation):
    return 0.0, [np.zeros_like(W) for W in weights], [np.zeros_like(b) for b in biases]


# %% skip-connection
def skip_gradients(x, y, w0, w1, w2):
    return {"w0": 0.0, "w1": 0.0, "w2": 0.0}


# %% gradient-check
def gradient_check(f, grads, params):
    return False


# %% vanishing
def first_layer_gradient_norm(X, Y, weights, activation, skip=False):
    return 0.0
