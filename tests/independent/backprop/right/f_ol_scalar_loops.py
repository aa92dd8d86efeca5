"""Plain Python floats, math and fsum throughout, arrays only at the end; keyword-only helper.

task: output-layers
"""

# %% output-layers
import math


def _sigma(v, *, flip=False):
    v = -v if flip else v
    return 1 / (1 + math.exp(-v)) if v >= 0 else math.exp(v) / (1 + math.exp(v))


def squared_error_delta(a, y):
    pairs = zip(map(float, a), map(float, y))
    return np.array([(_sigma(u) - v) * _sigma(u) * _sigma(u, flip=True) for u, v in pairs])


def cross_entropy_delta(a, y):
    # sigma - y = (1 - y)*sigma(a) - y*sigma(-a)
    pairs = zip(map(float, a), map(float, y))
    return np.array([(1 - v) * _sigma(u) - v * _sigma(u, flip=True) for u, v in pairs])


def _log_softmax(row):
    top = max(row)
    rest = math.log(math.fsum(math.exp(v - top) for v in row))
    return [v - top - rest for v in row]


def softmax_jacobian(z):
    p = [math.exp(v) for v in _log_softmax([float(v) for v in z])]
    K = len(p)
    return np.array([[p[i] * ((i == j) - p[j]) for j in range(K)] for i in range(K)])


def softmax_cross_entropy(Z, Y):
    N = len(Z)
    logs = [_log_softmax(row) for row in np.asarray(Z).tolist()]
    loss = math.fsum(-t * v for ts, vs in zip(Y.tolist(), logs) for t, v in zip(ts, vs)) / N
    rows = [[(math.exp(v) - t) / N for v, t in zip(vs, ts)] for vs, ts in zip(logs, Y.tolist())]
    return loss, np.array(rows)
