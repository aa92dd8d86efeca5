"""How fast: the same submissions through us, nbgrader and otter, in one run."""

from autograder.proof.bench.bench import Plan, run_bench
from autograder.proof.bench.graders import CELLS, OURS, STOCK
from autograder.proof.bench.otter import OTTER, find_otter

__all__ = ["CELLS", "OTTER", "OURS", "STOCK", "Plan", "find_otter", "run_bench"]
