# %% the gradient is assigned, not added
def pool_backward(upstream, x, size, stride):
    dx = np.zeros_like(x)
    for (i, j), slope in np.ndenumerate(upstream):
        window = x[i * stride : i * stride + size, j * stride : j * stride + size]
        row, column = np.unravel_index(window.argmax(), window.shape)
        dx[i * stride + row, j * stride + column] = slope
    return dx
