"""It stops after N right looks in a row "because all points are right now", but `rows` may look at one point N times: rows = [0, 0, 0, 1] with labels -1, +1 never gets to point 1.

task: perceptron
"""

# %% perceptron
def perceptron(X, y, rows):
    N, D = X.shape
    w, b = np.zeros(D), 0.0
    mistakes = np.zeros(N, dtype=int)
    clean = 0
    for n in rows:
        guess = 1 if X[n] @ w + b > 0 else -1
        if guess == y[n]:
            clean += 1
            if clean == N:  # converged, nothing will change any more
                break
        else:
            clean = 0
            w = w + y[n] * X[n]
            b = b + y[n]
            mistakes[n] += 1
    return w, b, mistakes
