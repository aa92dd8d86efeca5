import torch

from autograder.checks import close, task, unchanged


@task("momentum")
def test_steps(student, reference, rng):
    params = [rng.normal(size=(3, 2)), rng.normal(size=2)]
    leaves = [torch.tensor(p, requires_grad=True) for p in params]
    ours, theirs = student.Momentum(params, 0.1), torch.optim.SGD(leaves, lr=0.1, momentum=0.9)
    references = reference.Momentum(params, 0.1)
    for _ in range(5):
        grads = [rng.normal(size=(3, 2)), rng.normal(size=2)]
        for leaf, g in zip(leaves, grads, strict=True):
            leaf.grad = torch.tensor(g)
        theirs.step()
        found = ours.step(grads)
        unchanged(student)
        close(found, [leaf.detach().numpy() for leaf in leaves])
        close(found, references.step(grads))
