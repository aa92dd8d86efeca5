"""A pre-activation of exactly zero is answered with +1; the rule says -1.

fails: perceptron
says: at exactly z = 0
"""


# %% perceptron
def perceptron(X, y, rows):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, np.zeros(len(X))
    for n in rows:
        answer = 1 if X[n] @ w + b > -1e-12 else -1
        if answer != y[n]:
            w = w + y[n] * X[n]
            b = b + y[n]
            mistakes[n] += 1
    return w, b, mistakes
