"""torch.roll, the difference divided before the maximum is taken, and the shift of the output rolled back in place of forwards

task: shift
"""

# %% shift
def shift_gaps(f, x, shift, stride=(1, 1)):
    """Return (equivariance gap, invariance gap) of f at the images x, two floats."""
    axes = (2, 3)
    y = torch.tensor(np.array(f(x.copy())))
    z = torch.tensor(np.array(f(torch.roll(torch.tensor(np.array(x)), tuple(shift), axes).numpy())))
    scale = torch.amax(torch.abs(y))
    back = torch.roll(z, (-(shift[0] // stride[0]), -(shift[1] // stride[1])), axes)
    return ((back - y) / scale).abs().max().item(), ((z - y) / scale).abs().max().item()
