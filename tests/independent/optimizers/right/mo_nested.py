"""the velocity holds a counter and an object of its own

task: momentum
"""

# %% momentum
class Velocity:
    def __init__(self, of):
        self.of = of


def momentum_step(params, grads, velocity, learning_rate, beta, average):
    before = velocity.of if velocity else {k: torch.zeros(np.shape(g), dtype=torch.float64) for k, g in grads.items()}
    after = {}
    for k, v in before.items():
        g = torch.as_tensor(grads[k])
        after[k] = torch.lerp(g, v, beta) if average else v * beta + g
    return {k: torch.as_tensor(params[k]).sub(after[k], alpha=learning_rate) for k in params}, Velocity(after)
