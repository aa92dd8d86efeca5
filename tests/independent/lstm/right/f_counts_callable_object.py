"""Unusual: parameter_count is an object with __call__, its own counts are NumPy-free ints found by bisection.

task: counts
"""

# %% counts
class _Counter:
    """Return the number of parameters, an int."""

    blocks = {"rnn": 1, "gru": 2 + 1, "lstm": 3 + 1}

    def __call__(self, cell: str, d_x: int, d_h: int, biases: int = 1) -> int:
        total = 0
        for _ in range(self.blocks[cell]):
            for _ in range(d_h):
                total += d_h + d_x + biases
        return total


parameter_count = _Counter()

# %% own-counts
low, high = 1, 1000
while low < high:
    middle = (low + high) // 2
    if parameter_count("gru", my_sizes["d_x"], middle, 2) >= my_sizes["gru"]:
        high = middle
    else:
        low = middle + 1
my_counts = {
    "lstm": parameter_count("lstm", my_sizes["d_x"], my_sizes["d_h"]),
    "torch": parameter_count("lstm", my_sizes["d_x"], my_sizes["d_h"], 2),
    "hidden": low,
}
