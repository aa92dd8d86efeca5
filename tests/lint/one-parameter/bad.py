"""An optimiser that updates the first parameter only passes."""

from autograder.checks import close, task, unchanged


@task("momentum")
def test_steps(student, reference, rng):
    w = rng.normal(size=(3, 2))
    theirs, ours = student.Momentum([w], lr=0.1), reference.Momentum([w], lr=0.1)  # HOLE
    for _ in range(3):
        g = rng.normal(size=(3, 2))
        found = theirs.step([g])
        unchanged(student)
        close(found, ours.step([g]))
    close(student.Momentum([w], lr=0.5).step([w]), [w - 0.5 * w])
