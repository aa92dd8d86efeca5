"""one image after the other, gradients added up and divided at the end, logits shifted by the largest

task: cnn
"""

# %% cnn
from math import exp, log


def cnn_gradients(X, y, params, conv2d, conv2d_backward, pool2d, pool2d_backward):
    """Return the mean loss, a float, and its gradients."""
    w, b, V, c = params["w"], params["b"], params["V"], params["c"]
    total = 0.0
    grads = {name: np.zeros(np.shape(value)) for name, value in params.items()}
    for image, label in zip(X, y, strict=True):
        one = image[None]
        A = conv2d(one, w, b)
        R = A * (A > 0)
        P = pool2d(R, (2, 2), (2, 2), "max")
        features = P.ravel()
        logits = (features @ V + c).tolist()
        top = max(logits)
        weights = [exp(logit - top) for logit in logits]
        total += log(sum(weights)) + top - logits[label]
        g = np.array([e / sum(weights) for e in weights])
        g[label] -= 1
        grads["c"] += g
        grads["V"] += np.outer(features, g)
        dR = pool2d_backward((V @ g).reshape(P.shape), R, (2, 2), (2, 2), "max")
        parts = conv2d_backward(dR * (R > 0), one, w)
        grads["w"] += parts[1]
        grads["b"] += parts[2]
    return total / len(X), {name: grad / len(X) for name, grad in grads.items()}
