"""classes with __call__ that give each pixel of a window its share; pooling and gradient both go through the shares

task: pooling
"""

# %% pooling
class Share:
    """What part of the output each pixel of a window makes up, (N, C, kh, kw)."""

    def __init__(self, kind):
        self.rule = getattr(self, kind)

    def __call__(self, window):
        return self.rule(window)

    @staticmethod
    def mean(window):
        return np.broadcast_to(1.0 / np.prod(window.shape[2:]), window.shape)

    @staticmethod
    def max(window):
        flat = window.reshape(*window.shape[:2], -1)
        top = flat == flat.max(axis=-1, keepdims=True)
        first = top & (np.cumsum(top, axis=-1) == 1)
        return first.reshape(window.shape).astype(float)


def places(shape, size, stride):
    tops = range(0, shape[2] - size[0] + 1, stride[0])
    lefts = range(0, shape[3] - size[1] + 1, stride[1])
    for i, top in enumerate(tops):
        for j, left in enumerate(lefts):
            yield i, j, np.s_[:, :, top : top + size[0], left : left + size[1]]


def pool2d(x, size, stride, kind):
    """Return the pooled images, (N, C, H', W')."""
    share = Share(kind)
    out = {(i, j): (x[place] * share(x[place])).sum(axis=(2, 3)) for i, j, place in places(x.shape, size, stride)}
    rows, columns = (1 + max(index) for index in zip(*out, strict=True))
    return np.moveaxis(np.array([[out[i, j] for j in range(columns)] for i in range(rows)]), (0, 1), (2, 3))


def pool2d_backward(dy, x, size, stride, kind):
    """Return the gradient with respect to x, of the shape of x."""
    share, dx = Share(kind), np.zeros_like(x)
    for i, j, place in places(x.shape, size, stride):
        dx[place] = dx[place] + share(x[place]) * dy[:, :, i, j, np.newaxis, np.newaxis]
    return dx
