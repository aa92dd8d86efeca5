"""gamma and eps of the first step are kept

task: normalised
"""

# %% normalised
class Running:
    def __init__(self, gamma, eps):
        self.gamma, self.eps, self.s = gamma, eps, {}


def normalised_step(params, grads, learning_rate, eps):
    slope = {name: grads[name] / (np.abs(grads[name]) + eps) for name in params}
    return {name: params[name] - learning_rate * slope[name] for name in params}


def rmsprop_step(params, grads, state, learning_rate, gamma, eps):
    new_state = Running(gamma, eps) if state is None else Running(state.gamma, state.eps)
    out = {}
    for k in params:
        old = 0.0 if state is None else state.s[k]
        new_state.s[k] = new_state.gamma * old + (1 - new_state.gamma) * grads[k] ** 2
        out[k] = params[k] - learning_rate * grads[k] / (np.sqrt(new_state.s[k]) + new_state.eps)
    return out, new_state
