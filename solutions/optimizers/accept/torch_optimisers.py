"""The steps by torch.optim, its state handed back as values."""

# %% momentum
import copy


def momentum_step(params, grads, velocity, learning_rate, beta, average):
    tensors = {key: torch.nn.Parameter(torch.tensor(np.asarray(p))) for key, p in params.items()}
    rate = learning_rate * (1 - beta) if average else learning_rate
    optimiser = torch.optim.SGD(list(tensors.values()), lr=rate, momentum=beta)
    if velocity:
        optimiser.load_state_dict(copy.deepcopy(velocity))
    for key, tensor in tensors.items():
        tensor.grad = torch.tensor(np.asarray(grads[key]))
    optimiser.step()
    return {key: tensor.detach() for key, tensor in tensors.items()}, optimiser.state_dict()


# %% normalised
def normalised_step(params, grads, learning_rate, eps):
    moved, _ = rmsprop_step(params, grads, None, learning_rate, 0.0, eps)
    return moved


def rmsprop_step(params, grads, state, learning_rate, gamma, eps):
    tensors = {key: torch.nn.Parameter(torch.tensor(np.asarray(p))) for key, p in params.items()}
    optimiser = torch.optim.RMSprop(list(tensors.values()), lr=learning_rate, alpha=gamma, eps=eps)
    if state:
        optimiser.load_state_dict(copy.deepcopy(state))
    for key, tensor in tensors.items():
        tensor.grad = torch.tensor(np.asarray(grads[key]))
    optimiser.step()
    return {key: tensor.detach() for key, tensor in tensors.items()}, optimiser.state_dict()


# %% adam
def adam_step(params, grads, state, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    tensors = {key: torch.nn.Parameter(torch.tensor(np.asarray(p))) for key, p in params.items()}
    optimiser = torch.optim.Adam(list(tensors.values()), lr=learning_rate, betas=betas, eps=eps)
    if state:
        optimiser.load_state_dict(copy.deepcopy(state))
    for key, tensor in tensors.items():
        tensor.grad = torch.tensor(np.asarray(grads[key]))
    optimiser.step()
    return {key: tensor.detach() for key, tensor in tensors.items()}, optimiser.state_dict()
