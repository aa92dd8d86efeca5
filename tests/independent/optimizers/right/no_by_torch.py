"""torch.optim.RMSprop does the step, its state is handed on

task: normalised
"""

# %% normalised
def normalised_step(params, grads, learning_rate, eps):
    return {
        k: p - learning_rate * np.sign(grads[k]) / (1 + eps / np.maximum(np.abs(grads[k]), 1e-300))
        for k, p in params.items()
    }


def rmsprop_step(params, grads, state, learning_rate, gamma, eps):
    names = sorted(params)
    leaves = [torch.nn.Parameter(torch.tensor(np.asarray(params[k]))) for k in names]
    for k, leaf in zip(names, leaves, strict=True):
        leaf.grad = torch.tensor(np.asarray(grads[k]))
    optimiser = torch.optim.RMSprop(leaves)
    if state is not None:
        import copy

        optimiser.load_state_dict(copy.deepcopy(state))
    optimiser.param_groups[0].update(lr=learning_rate, alpha=gamma, eps=eps)
    optimiser.step()
    return {k: leaf.detach().numpy() for k, leaf in zip(names, leaves, strict=True)}, optimiser.state_dict()
