"""Adds the logarithms of sigma(z) and sigma(-z) in torch and returns a tensor.

task: logistic-derivative
"""

# %% logistic-derivative
def logistic_prime(z):
    z = torch.as_tensor(np.array(z, dtype=np.float64))
    return torch.exp(torch.nn.functional.logsigmoid(z) + torch.nn.functional.logsigmoid(-z))
