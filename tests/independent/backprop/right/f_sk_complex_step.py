"""Complex step on the mean loss; exact to rounding without any derivative.

task: skip-connection
"""

# %% skip-connection
def skip_gradients(x, y, w0, w1, w2):
    def sigma(a):
        return 0.5 + 0.5 * np.tanh(0.5 * a)

    def loss(v0, v1, v2):
        h1 = sigma(v0 * x)
        return (((sigma(v1 * h1) + h1) * v2 - y) ** 2).mean()

    eps = 1e-40
    steps = np.eye(3) * 1j * eps + np.array([w0, w1, w2])
    return {name: float(loss(*step).imag / eps) for name, step in zip(("w0", "w1", "w2"), steps)}
