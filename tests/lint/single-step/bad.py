from autograder.checks import close, task, unchanged


@task("adam")
def test_first_step(student, reference, rng):
    w, g = rng.normal(size=3), rng.normal(size=3)
    theirs, ours = student.Adam([w, w[:2]], lr=0.1, eps=0.1), reference.Adam([w, w[:2]], lr=0.1)  # HOLE
    close(theirs.step([g, g[:2]]), ours.step([g, g[:2]]))
    unchanged(student)
    close(student.rate(1), 0.1)
