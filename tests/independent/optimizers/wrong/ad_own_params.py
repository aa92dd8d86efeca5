"""the state holds the parameters, and those given later are not looked at

task: adam
"""

# %% adam
class Walk:
    def __init__(self, params):
        self.t, self.params = 0, dict(params)
        self.m = {k: np.zeros_like(p) for k, p in params.items()}
        self.v = {k: np.zeros_like(p) for k, p in params.items()}


def adam_step(params, grads, state, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    old = Walk(params) if state is None else state
    new = Walk(old.params)
    new.t = old.t + 1
    for k, g in grads.items():
        new.m[k] = betas[0] * old.m[k] + (1 - betas[0]) * g
        new.v[k] = betas[1] * old.v[k] + (1 - betas[1]) * g * g
        size = np.sqrt(new.v[k] / (1 - betas[1] ** new.t)) + eps
        new.params[k] = old.params[k] - learning_rate * new.m[k] / (1 - betas[0] ** new.t) / size
    return dict(new.params), new
