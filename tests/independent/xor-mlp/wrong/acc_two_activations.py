"""tanh or else ReLU

task: coin-toss
"""

# %% coin-toss
def accuracy(X, y, params, activation):
    A = X @ params["W1"] + params["b1"]
    z = (np.tanh(A) if activation == "tanh" else np.maximum(A, 0)) @ params["W2"] + params["b2"]
    return float(np.mean(np.where(y == 1, z > 0, z <= 0)))


def success_rate(train_once, X, y, activation, seeds):
    wins = [accuracy(X, y, train_once(seed), activation) == 1 for seed in seeds]
    return sum(wins) / len(wins)
