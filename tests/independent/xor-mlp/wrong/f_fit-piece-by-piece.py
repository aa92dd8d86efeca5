"""It fits a straight line in each interval between knots and takes differences of the slopes: exact for a zig-zag, not the least-squares solution for anything else.

task: approximation
"""

# %% approximation
def fit_relu(x, y, knots):
    edges = np.concatenate([knots, [np.inf]])
    slopes = [0.0]
    for left, right in zip(edges[:-1], edges[1:]):
        inside = (x >= left) & (x <= right)
        u, v = x[inside] - x[inside].mean(), y[inside]
        slopes.append(float(u @ v / (u @ u)))
    phi = np.diff(slopes)
    offset = np.mean(y - np.maximum(x[:, None] - knots, 0) @ phi)
    return np.append(offset, phi)
