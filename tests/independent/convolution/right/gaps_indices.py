"""takes by indices modulo the size, and NumPy numbers come back

task: shift
"""

# %% shift
def shift_gaps(f, x, shift, stride=(1, 1)):
    def moved(a, by):
        rows = (np.arange(a.shape[2]) - by[0]) % a.shape[2]
        columns = (np.arange(a.shape[3]) - by[1]) % a.shape[3]
        return a[:, :, rows][:, :, :, columns]
    before, after = f(x), f(moved(x, shift))
    there = moved(before, (shift[0] // stride[0], shift[1] // stride[1]))
    return tuple(np.linalg.norm((after - each).ravel(), np.inf) / np.abs(before).max() for each in (there, before))
