from autograder.checks import close, equal, task


@task("conv")
def test_padding(student, reference):
    close(student.padding(3), 1)
    close(student.padding(5), reference.padding(5))


@task("conv")
def test_conv2d(student, rng):  # HOLE
    layer = student.Conv2d(3, 8, 5)
    assert layer.get("weight").shape == (8, 3, 5, 5)
    assert len(layer.get("bias")) == 8
