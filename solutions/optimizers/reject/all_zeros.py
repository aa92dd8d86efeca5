"""Everything has the right shape and is zero.

fails: descent, regression, learning-rate, minibatches, momentum, normalised
fails: adam, recipe, minimum-norm, adam-fails
says: zero
tells: nothing
"""


# %% descent
def gradient_descent(gradient, start, learning_rate, tolerance=1e-4, max_steps=100):
    return [0 * np.asarray(start)]


# %% regression
def squared_gradient(X, y, w):
    return np.zeros_like(w)


def logistic_gradient(X, y, w):
    return np.zeros_like(w)


def least_squares(X, y):
    return np.zeros(X.shape[1])


# %% own-steps
my_weights = {"w1": 0.0, "w2": 0.0}

# %% learning-rate-lines
learning_rate_lines = {"dx1_dx": "0", "dx3_dx": "0"}


# %% learning-rate
def learning_rate_limit(A):
    return 0.0


def worst_factor(A, learning_rate):
    return 0.0


# %% own-rates
my_rates = {"limit": 0.0, "best": 0.0, "steps": 0}


# %% minibatches
def updates_per_epoch(N, batch_size):
    return 0


def minibatches(N, batch_size, epochs, seed):
    return [[] for _ in range(epochs)]


def full_gradient(gradients, sizes):
    return np.zeros_like(gradients[0])


def sgd(gradient, X, y, start, learning_rate, batch_size, epochs, seed):
    return np.zeros_like(start)


# %% momentum
def momentum_step(params, grads, velocity, learning_rate, beta, average):
    return {name: np.zeros_like(p) for name, p in params.items()}, None


# %% own-torch
torch_settings = {
    "sum": {"lr": 0.0, "momentum": 0.0, "dampening": 0.0},
    "average": {"lr": 0.0, "momentum": 0.0, "dampening": 0.0},
}


# %% normalised
def normalised_step(params, grads, learning_rate, eps):
    return {name: np.zeros_like(p) for name, p in params.items()}


def rmsprop_step(params, grads, state, learning_rate, gamma, eps):
    return {name: np.zeros_like(p) for name, p in params.items()}, None


# %% own-cycle
my_cycle = {"low": 0.0, "high": 0.0}

# %% adam-lines
adam_lines = dict.fromkeys(["dm4_dg4", "dm4_dg1", "dn4_dg", "du_deta"], "0")


# %% adam
def adam_step(params, grads, state, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    return {name: np.zeros_like(p) for name, p in params.items()}, None


# %% schedules
def step_decay(t, base, factor, every):
    return 0.0


def exponential_decay(t, base, factor):
    return 0.0


def cosine_decay(t, base, final, total):
    return 0.0


def warmup_cosine(t, base, final, warmup, total):
    return 0.0


# %% decay
def l2_step(step, params, grads, state, learning_rate, decay):
    return {name: np.zeros_like(p) for name, p in params.items()}, None


def decoupled_step(step, params, grads, state, learning_rate, decay):
    return {name: np.zeros_like(p) for name, p in params.items()}, None


# %% minimum-norm-lines
minimum_norm_lines = {"dR_dr": "0", "dR_dx": "0"}


# %% minimum-norm
def split(A, x):
    return np.zeros_like(x), np.zeros_like(x)


def descent_limit(A, b, start):
    return np.zeros_like(start)


# %% play
def play(step, C, rounds, start):
    return [0.0] * (rounds + 1)


# %% own-drift
my_drift = {"sgd": 0.0, "adam": 0.0, "amsgrad": 0.0}
