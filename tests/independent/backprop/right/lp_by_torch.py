"""torch differentiates the logarithm's form

task: logistic-derivative
"""

# %% logistic-derivative
def logistic_prime(z):
    z = torch.as_tensor(z, dtype=torch.float64).clone().requires_grad_()
    torch.sigmoid(z).sum().backward()
    return z.grad
