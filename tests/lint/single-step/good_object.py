import torch

from autograder.checks import close, task, unchanged


@task("adam")
def test_steps_of_an_object(student, reference, rng):
    w, b = rng.normal(size=(3, 2)), rng.normal(size=2)
    theirs = student.Adam([w, b], lr=0.1, eps=0.1)
    leaves = [torch.tensor(w, requires_grad=True), torch.tensor(b, requires_grad=True)]
    ours = torch.optim.Adam(leaves, lr=0.1, eps=0.1)
    for _ in range(3):
        grads = [rng.normal(size=(3, 2)), rng.normal(size=2)]
        for leaf, grad in zip(leaves, grads, strict=True):
            leaf.grad = torch.tensor(grad)
        ours.step()
        found = theirs.step(grads)
        unchanged(student)
        close(found, [leaf.detach().numpy() for leaf in leaves])
    close(found, reference.Adam([w, b]).step(grads))
